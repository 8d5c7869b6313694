// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.Purpose;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.path.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scrubber leaves of the fields that later stages name. */
final class FieldFates {
  private final Optional<ScrubConfig> scrub;
  private final Optional<FieldPath> subject;
  private final boolean rawInput;
  private final Report report;

  FieldFates(Draft draft, Report report) {
    this.scrub = draft.scrub();
    this.subject = draft.source().flatMap(SourceConfig::subject);
    this.rawInput = draft.purpose().isFileRun() || scrub.isEmpty();
    this.report = report;
  }

  /** For a field that something is computed from. */
  void mustSurvive(FieldPath field, List<String> path) {
    if (field.hasWildcard()) {
      report.error(path, field.toString(), "a field without [*]: it must lead to one value");
      return;
    }
    Optional<Treatment> treatment = treatment(field);
    if (treatment.filter(Treatment.Drop.class::isInstance).isPresent()) {
      report.error(path, field + ", which scrub drops", "a field that passes scrub");
    } else if (treatment.isEmpty() && isUnlisted(field)) {
      report.error(
          path,
          field + ", which scrub.fields does not list",
          "a field that passes scrub: list it there as keep, or as what it should become");
    }
  }

  /** For a field of the anonymized stream. */
  void mustBeHarmless(FieldPath field, List<String> path, Purpose purpose) {
    if (subject.filter(field::covers).isPresent() || isInSubject(field)) {
      subject(field, path);
      return;
    }
    if (rawInput && purpose == Purpose.ANONYMIZE_FILE) {
      treatment(field)
          .filter(treatment -> !(treatment instanceof Treatment.Keep))
          .filter(treatment -> !(treatment instanceof Treatment.Drop))
          .ifPresent(
              treatment ->
                  report.error(
                      path,
                      field + ", which scrub would change",
                      "a field that scrub keeps: a file run does not scrub"));
    }
    scrub.map(ScrubConfig::fields).orElse(Map.of()).keySet().stream()
        .filter(inner -> !inner.equals(field) && field.covers(inner))
        .findFirst()
        .ifPresent(
            inner ->
                report.error(
                    path,
                    field + ", which holds " + inner,
                    "the fields in it one by one, so that each is released on purpose"));
  }

  /** The treatment that reaches the field: its own, or that of an object which holds it. */
  Optional<Treatment> treatment(FieldPath field) {
    return scrub.map(ScrubConfig::fields).orElse(Map.of()).entrySet().stream()
        .filter(entry -> entry.getKey().covers(field))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private boolean isInSubject(FieldPath field) {
    return subject.filter(person -> person.covers(field)).isPresent();
  }

  private void subject(FieldPath field, List<String> path) {
    boolean itself = subject.filter(field::equals).isPresent();
    if (itself && !rawInput) {
      report.warn(
          path,
          "the person's token, by which analysts can join a person's records",
          "other fields; leave it out unless that is wanted");
    } else {
      report.error(path, field + ", which names the person", "anything but source.subject");
    }
  }

  private boolean isUnlisted(FieldPath field) {
    boolean listedInside =
        scrub.map(ScrubConfig::fields).orElse(Map.of()).keySet().stream().anyMatch(field::covers);
    return scrub.filter(section -> section.unlisted() == ScrubConfig.Unlisted.DROP).isPresent()
        && !listedInside
        && report.sound(List.of("scrub", "fields", field.toString()));
  }
}
