// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads single values out of trees, alike for JSON, Avro and CSV. */
public final class Scalars {
  private static final int MAX_NUMBER_LENGTH = 40;

  private Scalars() {}

  /**
   * @param node a value
   * @return its text as written, absent for null, objects, arrays and bytes
   */
  public static Optional<String> text(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.isBinary()
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  /**
   * @param node a number, or a text that is one
   * @return the exact number, absent for anything else and for numbers of over 40 digits
   */
  public static Optional<BigDecimal> number(JsonNode node) {
    if (!node.isNumber() && !node.isTextual()) {
      return Optional.empty();
    }
    String text = node.asText();
    if (text.length() > MAX_NUMBER_LENGTH) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      boolean huge = Math.abs((long) number.scale()) > MAX_NUMBER_LENGTH;
      return huge ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * @param node ISO 8601 (with offset; a local time or a date alone is taken as UTC), or epoch
   *     milliseconds as a number or as digits
   * @return the instant, absent for anything else and for years before 0000 or after 9999
   */
  public static Optional<Instant> instant(JsonNode node) {
    Optional<Instant> instant =
        node.isIntegralNumber() && node.canConvertToLong()
            ? millis(node.longValue())
            : node.isTextual() ? parse(node.textValue()) : Optional.empty();
    return instant.filter(at -> !at.isBefore(FIRST) && at.isBefore(END));
  }

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private static Optional<Instant> millis(long value) {
    return Optional.of(Instant.ofEpochMilli(value));
  }

  private static Optional<Instant> parse(String text) {
    if (isPlainUtc(text)) {
      return Optional.of(Instant.ofEpochSecond(plainUtcSecond(text)));
    }
    try {
      if (text.length() == 10 && text.charAt(4) == '-') {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      if (text.indexOf('T') < 0 && text.indexOf('t') < 0) {
        return millis(Long.parseLong(text));
      }
      boolean zoned = text.endsWith("Z") || text.endsWith("z") || hasOffset(text);
      return Optional.of(
          zoned
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code 2026-03-02T09:41:17Z}, the most frequent form, whose general parser is slow. */
  private static boolean isPlainUtc(String text) {
    if (text.length() != 20) {
      return false;
    }
    for (int i = 0; i < 20; i++) {
      char found = text.charAt(i);
      char wanted = "0000-00-00T00:00:00Z".charAt(i);
      if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return two(text, 5) >= 1
        && two(text, 5) <= 12
        && two(text, 8) >= 1
        && two(text, 8) <= 28
        && two(text, 11) <= 23
        && two(text, 14) <= 59
        && two(text, 17) <= 59;
  }

  /** Days after the 28th are left to the general parser, which knows the lengths of months. */
  private static long plainUtcSecond(String text) {
    int year = two(text, 0) * 100 + two(text, 2);
    long day = LocalDate.of(year, two(text, 5), two(text, 8)).toEpochDay();
    return day * 86_400 + two(text, 11) * 3_600L + two(text, 14) * 60L + two(text, 17);
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean hasOffset(String text) {
    int time = Math.max(text.indexOf('T'), text.indexOf('t'));
    return text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
  }
}
