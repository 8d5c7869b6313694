// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;

/**
 * One text for values that mean the same, so that one person gets one token however a source writes
 * the name. Text is put into Unicode normal form C and otherwise left as it is: neither trimmed nor
 * folded in case, since for many systems {@code Kim} and {@code kim} are two accounts. A number is
 * written plainly without trailing zeros, so that {@code 1}, {@code 1.0} and {@code 1e0} are one,
 * and the same as the text {@code 1}.
 */
public final class CanonicalText {
  private CanonicalText() {}

  /**
   * @param value a single value
   * @return its text; absent for null, objects, arrays, bytes, and numbers of over 40 digits
   */
  public static Optional<String> of(JsonNode value) {
    if (value.isTextual()) {
      return Optional.of(normal(value.textValue()));
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Optional.of(Long.toString(value.longValue()));
    }
    if (value.isNumber()) {
      return Scalars.number(value).map(CanonicalText::plain);
    }
    return value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
  }

  /**
   * The same, but for text that is a number: it counts as that number, so that values of a CSV file
   * compare as those of JSON do. What is no single value, or has no text of its own, is like every
   * other of its kind, so that no values pass for different that may mean the same. For comparing
   * values, never for naming people.
   *
   * @param value a value
   * @return its text; absent for null, and where nothing is
   */
  public static Optional<String> byNumber(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        Scalars.number(value)
            .map(CanonicalText::plain)
            .or(() -> of(value))
            .orElseGet(() -> "\0" + value.getNodeType()));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String normal(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
