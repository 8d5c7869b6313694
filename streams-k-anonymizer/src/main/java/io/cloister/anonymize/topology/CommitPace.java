// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import java.time.Duration;

/**
 * Decides when a task asks for a commit before the commit interval is over. Readers see nothing
 * before the commit, so a calm stream commits often; each commit costs the same however much it
 * holds, so a stream that is catching up leaves it to the interval. So does a task whose thread was
 * away, be it for a commit, for other tasks or for want of a processor: a commit that takes long is
 * not to be the reason for the next. What is in a hurry does not leave it to the interval. For use
 * by one thread.
 */
final class CommitPace {
  /** From one tick to the next. */
  static final Duration TICK = Duration.ofMillis(10);

  /** Ticks from one decision to the next. */
  static final int TICKS = 5;

  /** At this many records between two decisions, throughput matters more than delay. */
  static final int BUSY = 150;

  /** How many times as long as it was away a thread works before it commits by itself. */
  static final int REST = 9;

  /** A clock that was set, or a machine that slept, is no reason to rest for longer. */
  static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private long lastTick = Long.MIN_VALUE;
  private long restsUntil = Long.MIN_VALUE;
  private int ticks;
  private int uncommitted;
  private boolean hurries;

  /** A record was read or written. */
  void moved() {
    uncommitted++;
  }

  /** A record was written that has a deadline at its reader, another task. */
  void hurry() {
    hurries = true;
  }

  /**
   * @param now epoch milliseconds
   * @return whether to ask for a commit now; called at every tick
   */
  boolean isDue(long now) {
    if (lastTick != Long.MIN_VALUE) {
      long away = now - lastTick - TICK.toMillis();
      if (away >= TICK.toMillis()) {
        restsUntil = now + Math.min(REST * away, LONGEST_REST.toMillis());
      }
    }
    boolean rests = now < restsUntil && restsUntil - now <= LONGEST_REST.toMillis();
    lastTick = now;
    ticks++;
    if (ticks < TICKS || (rests && !hurries)) {
      return false;
    }
    boolean due = hurries || (uncommitted > 0 && uncommitted < BUSY * (ticks / TICKS));
    hurries = false;
    ticks = 0;
    uncommitted = 0;
    return due;
  }
}
