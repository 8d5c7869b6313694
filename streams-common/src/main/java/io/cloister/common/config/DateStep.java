// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a date hierarchy.
 *
 * @param unit day, month or year
 * @param count how many units, at least 1; more than 1 for years alone
 */
public record DateStep(Unit unit, int count) {
  private static final Pattern YEARS = Pattern.compile("([1-9][0-9]{0,3})y");

  /** Units of a date. */
  public enum Unit {
    /** One day. */
    DAY,
    /** A calendar month. */
    MONTH,
    /** A calendar year. */
    YEAR
  }

  /** Refuses what is no step. */
  public DateStep {
    if (count < 1 || (count > 1 && unit != Unit.YEAR)) {
      throw new IllegalArgumentException("day, month, year, or a number of years such as 5y");
    }
  }

  /**
   * @param text {@code day}, {@code month}, {@code year} or {@code <n>y}
   * @return the step
   * @throws IllegalArgumentException whose message says what is allowed
   */
  public static DateStep parse(String text) {
    Matcher years = YEARS.matcher(text);
    if (years.matches()) {
      return new DateStep(Unit.YEAR, Integer.parseInt(years.group(1)));
    }
    return switch (text) {
      case "day" -> new DateStep(Unit.DAY, 1);
      case "month" -> new DateStep(Unit.MONTH, 1);
      case "year" -> new DateStep(Unit.YEAR, 1);
      default ->
          throw new IllegalArgumentException("day, month, year, or a number of years such as 5y");
    };
  }

  @Override
  public String toString() {
    return count == 1 ? unit.name().toLowerCase(Locale.ROOT) : count + "y";
  }
}
