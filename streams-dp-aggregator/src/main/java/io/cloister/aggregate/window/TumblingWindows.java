// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.window;

import java.time.Duration;

/**
 * Windows of equal length that follow each other, aligned to 1970-01-01T00:00Z and numbered from
 * there. Times are epoch milliseconds.
 *
 * @param sizeMillis length of a window, above zero
 * @param graceMillis how long after its end a window takes late events
 */
public record TumblingWindows(long sizeMillis, long graceMillis) {
  /** Refuses lengths that cannot be. */
  public TumblingWindows {
    if (sizeMillis <= 0 || graceMillis < 0) {
      throw new IllegalArgumentException("a window's length is above zero, its grace not below");
    }
  }

  /**
   * @param size length of a window
   * @param grace how long after its end a window takes late events
   * @return the windows
   */
  public static TumblingWindows of(Duration size, Duration grace) {
    return new TumblingWindows(size.toMillis(), grace.toMillis());
  }

  /**
   * @param time event time
   * @return the window that holds it
   */
  public long at(long time) {
    return Math.floorDiv(time, sizeMillis);
  }

  /**
   * @param window a window
   * @return its first instant
   */
  public long start(long window) {
    return window * sizeMillis;
  }

  /**
   * @param window a window
   * @return the first instant after it
   */
  public long end(long window) {
    return (window + 1) * sizeMillis;
  }

  /**
   * @param window a window
   * @return the first instant at which it is closed
   */
  public long closing(long window) {
    return end(window) + graceMillis;
  }

  /**
   * @param clock what the clock shows
   * @return the newest window that is closed by then
   */
  public long closedThrough(long clock) {
    return Math.floorDiv(clock - graceMillis, sizeMillis) - 1;
  }
}
