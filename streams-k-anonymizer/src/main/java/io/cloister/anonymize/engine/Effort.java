// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * How much may be done for first cells in a call, all regions of a task together. Counted in words
 * of bits that are looked at, not read off a clock, so that the same events give the same cells.
 */
final class Effort {
  /** Some tenths of a millisecond's work; on a topic a tick is a millisecond. */
  private static final long PER_TICK = 150_000;

  /** So that a call after a pause takes no longer than some milliseconds. */
  private static final long MOST_TICKS = 8;

  /** What a release costs its caller, who writes and forwards it. */
  private static final long RELEASE = 20_000;

  private final Pace pace;
  private long last = Long.MIN_VALUE;
  private long left;

  Effort(Pace pace) {
    this.pace = pace;
  }

  /** How long before the first deadline first cells begin to open, in ticks. */
  long lead(long delay) {
    return pace == Pace.SPREAD ? delay / 8 : 0;
  }

  /**
   * Begins a call.
   *
   * @param now the time, in ticks; calls of one tick share what one may do
   */
  void begin(long now) {
    if (pace == Pace.AT_ONCE || now == Long.MAX_VALUE) {
      left = Long.MAX_VALUE;
    } else if (now > last) {
      left = PER_TICK * (last == Long.MIN_VALUE ? 1 : Math.min(MOST_TICKS, now - last));
      last = now;
    }
  }

  boolean isLeft() {
    return left > 0;
  }

  void spend(long words) {
    left -= words;
  }

  void spendRelease() {
    spend(RELEASE);
  }
}
