// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import io.cloister.common.error.BugException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How a value is read from the text that is written.
 *
 * @param name what the reference calls it
 * @param allowed what may be written
 * @param json which JSON types the schema accepts
 * @param pattern which texts the schema accepts
 * @param parser throws IllegalArgumentException whose message says what is allowed
 */
public record ScalarType(
    String name,
    String allowed,
    Json json,
    Optional<String> pattern,
    Function<String, Object> parser) {
  private static final String INTEGER = "-?(0|[1-9][0-9]{0,8})";
  private static final String DECIMAL =
      "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?";
  private static final String DURATION =
      "P(?=[0-9T])([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,7}H)?([0-9]{1,9}M)?([0-9]{1,10}(\\.[0-9]{1,3})?S)?)?";
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final ScalarType TEXT =
      new ScalarType("text", "a text", Json.TEXT, Optional.empty(), text -> text);
  private static final Map<Class<?>, ScalarType> KNOWN =
      Map.of(
          String.class, TEXT,
          int.class, number("whole number", INTEGER, Json.INTEGER, Integer::valueOf),
          Integer.class, number("whole number", INTEGER, Json.INTEGER, Integer::valueOf),
          short.class, number("whole number", "[0-9]{1,4}", Json.INTEGER, Short::valueOf),
          BigDecimal.class, number("number", DECIMAL, Json.DECIMAL, BigDecimal::new),
          Duration.class,
              new ScalarType(
                  "duration",
                  "a duration such as P1D, PT15M or PT0.5S, up to P36500D",
                  Json.TEXT_ONLY,
                  Optional.of(DURATION),
                  ScalarType::duration));

  /** How a scalar may appear in a JSON document. */
  public enum Json {
    /** Text, also such that YAML takes for a number or a truth value. */
    TEXT,
    /** Text alone. */
    TEXT_ONLY,
    /** A whole number. */
    INTEGER,
    /** A number, or a text that YAML does not take for one, such as 1e-8. */
    DECIMAL
  }

  static Optional<ScalarType> of(Class<?> type) {
    return Optional.ofNullable(KNOWN.get(type)).or(() -> parsed(type));
  }

  private static ScalarType number(
      String name, String pattern, Json json, Function<String, Object> parser) {
    Pattern written = Pattern.compile(pattern);
    String allowed = "a " + name;
    return new ScalarType(
        name,
        allowed,
        json,
        Optional.of(pattern),
        text -> {
          if (!written.matcher(text).matches()) {
            throw new IllegalArgumentException(allowed);
          }
          return parser.apply(text);
        });
  }

  private static Object duration(String text) {
    IllegalArgumentException refused =
        new IllegalArgumentException("a duration such as P1D, PT15M or PT0.5S, up to P36500D");
    if (!text.matches(DURATION)) {
      throw refused;
    }
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw refused;
    }
    throw refused;
  }

  /** A value type with {@code static T parse(String)}. */
  private static Optional<ScalarType> parsed(Class<?> type) {
    try {
      Method parse = type.getMethod("parse", String.class);
      if (!Modifier.isStatic(parse.getModifiers()) || parse.getReturnType() != type) {
        return Optional.empty();
      }
      String name = Model.kebab(type.getSimpleName()).replace('-', ' ');
      return Optional.of(
          new ScalarType(
              name, "a " + name, Json.TEXT, Optional.empty(), text -> invoke(parse, text)));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Object invoke(Method parse, String text) {
    try {
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new BugException("parse() may throw IllegalArgumentException alone: " + parse, e);
    } catch (IllegalAccessException e) {
      throw new BugException("parse() must be public: " + parse, e);
    }
  }
}
