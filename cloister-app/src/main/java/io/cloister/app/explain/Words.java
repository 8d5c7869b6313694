// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.Treatment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plain words for values of the config. */
final class Words {
  private Words() {}

  static String duration(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    add(parts, duration.toMillisPart(), "millisecond");
    return parts.isEmpty() ? "no time" : String.join(" ", parts);
  }

  private static void add(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count(count, unit));
    }
  }

  static String count(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  static String list(List<?> items) {
    return String.join(", ", items.stream().map(String::valueOf).toList());
  }

  /** What is asked of the values of a group. */
  static String conditions(AnonymizeConfig.Sensitive sensitive) {
    List<String> parts = new ArrayList<>();
    if (sensitive.lDiversity() > 1) {
      parts.add("at least " + count(sensitive.lDiversity(), "distinct value"));
    }
    sensitive
        .entropyLDiversity()
        .ifPresent(
            l -> parts.add("values as mixed as " + number(l) + " equally frequent ones, or more"));
    sensitive
        .tCloseness()
        .ifPresent(
            close ->
                parts.add(
                    "values that are at most "
                        + number(close.t())
                        + " away ("
                        + (close.distance() == AnonymizeConfig.Distance.EQUAL
                            ? "all equally far from each other"
                            : "in order")
                        + ") from those of everybody who came in the epoch so far"));
    return String.join("; ", parts);
  }

  /** What the scrubber makes of a value, to follow "The scrubber". */
  static String treatment(Treatment treatment) {
    if (treatment instanceof Treatment.Drop) {
      return "drops it: it goes nowhere.";
    } else if (treatment instanceof Treatment.Keep) {
      return "keeps it as it is.";
    } else if (treatment instanceof Treatment.Redact) {
      return "replaces it by REDACTED: only that there was a value stays.";
    } else if (treatment instanceof Treatment.Mask mask) {
      return mask.keepLast() == 0
          ? "replaces every character by an asterisk; the length stays."
          : "replaces every character by an asterisk but for the last "
              + mask.keepLast()
              + ", at most half.";
    } else if (treatment instanceof Treatment.Tokenize tokenize) {
      return "replaces it by a keyed token of the domain "
          + tokenize.domain()
          + ": equal values get equal tokens, only the key's holder can tell which.";
    } else if (treatment instanceof Treatment.Truncate truncate) {
      return "keeps the first "
          + truncate.prefix()
          + " bits of an IPv4 address ("
          + truncate.prefix6()
          + " of IPv6); the rest becomes zero.";
    } else if (treatment instanceof Treatment.Generalize generalize) {
      return generalize.to() instanceof Treatment.Coarser.Dates dates
          ? "makes the date coarser: its " + dates.step() + " alone stays."
          : "makes the number coarser: its interval of width "
              + number(((Treatment.Coarser.Interval) generalize.to()).width())
              + " alone stays.";
    }
    return detect((Treatment.Detect) treatment);
  }

  private static String detect(Treatment.Detect detect) {
    List<String> types = new ArrayList<>(detect.types());
    if (types.isEmpty()) {
      types.add(
          "e-mail addresses, telephone, card and social security numbers, URLs, IP addresses");
    }
    types.addAll(detect.patterns().keySet());
    String instead =
        switch (detect.replace()) {
          case LABEL -> "replaces them by their type";
          case MASK -> "replaces them by asterisks";
          case REMOVE -> "cuts them out";
        };
    return "searches the text for "
        + list(types)
        + " and "
        + instead
        + "; what it does not recognize, such as names, stays.";
  }
}
