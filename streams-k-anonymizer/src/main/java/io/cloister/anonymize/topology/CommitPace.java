// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

/**
 * Decides when a task asks for a commit before the commit interval is over. Readers see nothing
 * before the commit, so a calm stream commits often; each commit costs the same however much it
 * holds, so a stream that is catching up leaves it to the interval. For use by one thread.
 */
final class CommitPace {
  /** Ticks from one decision to the next. */
  static final int TICKS = 5;

  /** At this many records between two decisions, throughput matters more than delay. */
  static final int BUSY = 150;

  private int ticks;
  private int uncommitted;

  /** A record was read or written. */
  void moved() {
    uncommitted++;
  }

  /** Whether to ask for a commit now; called at every tick. */
  boolean isDue() {
    ticks++;
    if (ticks < TICKS) {
      return false;
    }
    boolean due = uncommitted > 0 && uncommitted < BUSY;
    ticks = 0;
    uncommitted = 0;
    return due;
  }
}
