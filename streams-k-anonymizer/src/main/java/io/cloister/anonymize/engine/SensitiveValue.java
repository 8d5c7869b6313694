// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A value of a sensitive field. Numbers come before texts, by size. Its text does not show it.
 *
 * @param text the same for equal values, not empty
 * @param number what the text says as a number, 0 where it is none
 * @param isNumber whether it is one
 */
public record SensitiveValue(String text, BigDecimal number, boolean isNumber)
    implements Comparable<SensitiveValue> {
  /** Numbers are written plainly, by those who make values comparable. */
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

  /**
   * @param text the same for equal values; a number written plainly
   * @return the value
   */
  public static SensitiveValue of(String text) {
    return PLAIN.matcher(text).matches()
        ? new SensitiveValue(text, new BigDecimal(text), true)
        : new SensitiveValue(text, BigDecimal.ZERO, false);
  }

  @Override
  public int compareTo(SensitiveValue other) {
    if (isNumber != other.isNumber) {
      return isNumber ? -1 : 1;
    }
    int bySize = number.compareTo(other.number);
    return bySize != 0 ? bySize : text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SensitiveValue value && text.equals(value.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "SensitiveValue";
  }
}
