// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as people read them, the same everywhere. */
final class Figures {
  private Figures() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A loss from 0 to 1, as the literature writes it: {@code .222}. */
  static String loss(double loss) {
    return decimals(loss, 3);
  }

  /** A loss from 0 to 1 on two places, for places where there is little room. */
  static String shortLoss(double loss) {
    return decimals(loss, 2);
  }

  private static String decimals(double loss, int places) {
    String text = String.format(Locale.ROOT, "%." + places + "f", loss);
    return text.startsWith("0.") && loss > 0 ? text.substring(1) : text;
  }

  /** What is above nothing never reads as 0%, what is below everything never as 100%. */
  static String percent(long part, long whole) {
    if (part == 0 || whole == 0) {
      return "0%";
    }
    double percent = 100.0 * part / whole;
    if (part < whole && percent > 99) {
      return percent > 99.9 ? ">99.9%" : String.format(Locale.ROOT, "%.1f%%", percent);
    }
    if (percent < 0.01) {
      return "<0.01%";
    }
    int places = percent < 0.1 ? 2 : percent < 10 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + places + "f%%", percent);
  }

  static String fields(List<FieldPath> fields) {
    return fields.stream().map(FieldPath::toString).collect(Collectors.joining(" + "));
  }

  /** How long a number of rows takes, rounded to what one would write into a config. */
  static String delay(long rows, BigDecimal perSecond) {
    BigDecimal seconds = BigDecimal.valueOf(rows).divide(perSecond, MathContext.DECIMAL64);
    BigDecimal rounded = seconds.round(new MathContext(3));
    if (rounded.compareTo(BigDecimal.valueOf(120)) < 0) {
      return "PT" + plain(rounded) + "S";
    }
    BigDecimal minutes = seconds.divide(BigDecimal.valueOf(60), new MathContext(3));
    if (minutes.compareTo(BigDecimal.valueOf(120)) < 0) {
      return "PT" + plain(minutes.setScale(0, RoundingMode.HALF_UP)) + "M";
    }
    BigDecimal hours = seconds.divide(BigDecimal.valueOf(3600), MathContext.DECIMAL64);
    return "PT" + plain(hours.setScale(0, RoundingMode.HALF_UP)) + "H";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
