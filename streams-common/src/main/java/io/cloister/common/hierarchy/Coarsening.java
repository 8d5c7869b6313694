// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.common.config.DateStep;
import io.cloister.common.record.Scalars;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of coarser values, one for hierarchies and for the scrubber's {@code generalize}. None
 * of the texts holds a comma or a semicolon, so that they pass through CSV files unquoted.
 */
public final class Coarsening {
  private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt].*)?");

  private Coarsening() {}

  /**
   * @param value a date, a date and time of ISO 8601 (its date as written), a month such as {@code
   *     2003-05}, a year of four digits, or epoch milliseconds (five digits or more, UTC)
   * @param step how coarse
   * @return {@code 2003-05-17}, {@code 2003-05}, {@code 2003} or {@code 2000-2004}; absent for
   *     anything else, for years after 9999 and where the value is coarser than the step
   */
  public static Optional<String> date(String value, DateStep step) {
    if (YEAR.matcher(value).matches()) {
      return step.unit() == DateStep.Unit.YEAR
          ? Optional.of(years(Integer.parseInt(value), step.count()))
          : Optional.empty();
    }
    try {
      if (MONTH.matcher(value).matches()) {
        return step.unit() == DateStep.Unit.DAY
            ? Optional.empty()
            : Optional.of(date(YearMonth.parse(value).atDay(1), step));
      }
      return day(value).map(day -> date(day, step));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> day(String value) {
    Optional<LocalDate> utc =
        Scalars.instant(TextNode.valueOf(value)).map(i -> i.atZone(ZoneOffset.UTC).toLocalDate());
    boolean written = DAY.matcher(value).matches();
    return utc.filter(day -> day.getYear() >= 0)
        .map(day -> written ? LocalDate.parse(value.substring(0, 10)) : day);
  }

  /**
   * @param day a date of the years 0 to 9999
   * @param step how coarse
   * @return {@code 2003-05-17}, {@code 2003-05}, {@code 2003} or {@code 2000-2004}
   */
  public static String date(LocalDate day, DateStep step) {
    return switch (step.unit()) {
      case DAY -> day.toString();
      case MONTH -> YearMonth.from(day).toString();
      case YEAR -> years(day.getYear(), step.count());
    };
  }

  private static String years(int year, int count) {
    int first = Math.floorDiv(year, count) * count;
    return count == 1
        ? String.format(Locale.ROOT, "%04d", year)
        : String.format(Locale.ROOT, "%04d-%04d", first, first + count - 1);
  }

  /**
   * @param number a number
   * @param width above 0
   * @return the interval of that width, counted from 0, that holds the number: {@code [60..90)},
   *     the lower end inside, the upper end outside
   */
  public static String interval(BigDecimal number, BigDecimal width) {
    BigDecimal from = number.divide(width, 0, RoundingMode.FLOOR).multiply(width);
    return "[" + plain(from) + ".." + plain(from.add(width)) + ")";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
