// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import java.time.Duration;

/** How windows and budget periods meet. */
public final class BudgetMath {
  private BudgetMath() {}

  private static long gcd(long one, long other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  /**
   * A window is charged to every period that it overlaps, and both are aligned to
   * 1970-01-01T00:00Z, so a length that does not part the period evenly costs some periods a window
   * more.
   *
   * @param window length of a window
   * @param period length of a budget period
   * @return how many windows a period pays for at most
   */
  public static long windowsPerPeriod(Duration window, Duration period) {
    long size = window.toMillis();
    long length = period.toMillis();
    long common = gcd(size, length);
    return (length + 2 * size - common - 1) / size;
  }
}
