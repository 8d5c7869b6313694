// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.config.bind.Nearest;
import io.cloister.common.path.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Treatments that contradict each other or cannot work. */
final class ScrubRules {
  private static final List<String> TYPES = List.of("EMAIL", "PHONE", "URL", "IP", "CARD", "SSN");
  private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final List<String> FIELDS = List.of("scrub", "fields");

  private ScrubRules() {}

  static void check(ScrubConfig scrub, Draft draft, Report report) {
    overlaps(new ArrayList<>(scrub.fields().keySet()), report);
    draft.source().ifPresent(source -> source(source, scrub, report));
    scrub
        .fields()
        .forEach(
            (field, treatment) -> {
              List<String> path = below(FIELDS, field.toString());
              if (treatment instanceof Treatment.Detect detect) {
                detect(detect, below(path, "detect"), report);
              } else if (treatment instanceof Treatment.Tokenize tokenize
                  && tokenize.domain().isBlank()) {
                report.error(below(path, "tokenize", "domain"), "nothing", "a domain's name");
              }
            });
  }

  private static void overlaps(List<FieldPath> fields, Report report) {
    for (int i = 0; i < fields.size(); i++) {
      for (int j = 0; j < fields.size(); j++) {
        if (i != j && fields.get(i).covers(fields.get(j))) {
          report.error(
              below(FIELDS, fields.get(j).toString()),
              "a field inside " + fields.get(i) + ", which is listed too",
              "either of them: two treatments of one value contradict each other");
        }
      }
    }
  }

  private static void source(SourceConfig source, ScrubConfig scrub, Report report) {
    source
        .subject()
        .filter(
            subject -> !subject.hasWildcard() && report.sound(below(FIELDS, subject.toString())))
        .filter(subject -> !(scrub.fields().get(subject) instanceof Treatment.Tokenize))
        .ifPresent(
            subject ->
                report.error(
                    report.has(below(FIELDS, subject.toString()))
                        ? below(FIELDS, subject.toString())
                        : FIELDS,
                    "the subject " + subject + " without tokenize",
                    subject
                        + ": { tokenize: { domain: ... } }, since the token is the person"
                        + " everywhere behind the scrubber"));
    source
        .time()
        .ifPresent(
            time ->
                scrub
                    .fields()
                    .forEach(
                        (field, treatment) -> {
                          boolean touches = field.covers(time) || time.covers(field);
                          if (touches && !(treatment instanceof Treatment.Keep)) {
                            report.error(
                                below(FIELDS, field.toString()),
                                "a treatment of the event time",
                                "keep, or no entry: source.time is kept by itself");
                          }
                        }));
  }

  private static void detect(Treatment.Detect detect, List<String> path, Report report) {
    if (!COUNTRY.matches(detect.region())) {
      report.error(
          below(path, "region"),
          "'" + detect.region() + "'",
          "a country code of two capital letters, such as US or NL");
    }
    for (int i = 0; i < detect.types().size(); i++) {
      String type = detect.types().get(i);
      if (!TYPES.contains(type)) {
        report.error(
            below(path, "types", "[" + i + "]"),
            "'" + type + "'",
            "one of " + String.join(", ", TYPES),
            Nearest.to(type, TYPES));
      }
    }
    for (Map.Entry<String, String> pattern : detect.patterns().entrySet()) {
      List<String> at = below(path, "patterns", pattern.getKey());
      if (!TYPE_NAME.matches(pattern.getKey())) {
        report.error(
            at,
            "'" + pattern.getKey() + "'",
            "a name of letters, digits, hyphens and underscores, a letter first");
      }
      refusal(pattern.getValue())
          .ifPresent(allowed -> report.error(at, "'" + pattern.getValue() + "'", allowed));
    }
  }

  /** RE2 takes linear time whatever the text is, and refuses what cannot be matched so. */
  private static Optional<String> refusal(String regex) {
    try {
      return Pattern.matches(regex, "")
          ? Optional.of("a regular expression that does not match the empty text")
          : Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "a regular expression of RE2, without look-around and back-references: "
              + e.getDescription());
    }
  }
}
