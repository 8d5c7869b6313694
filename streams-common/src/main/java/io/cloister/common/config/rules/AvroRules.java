// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.path.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;

/** Fields that no Avro record can have: to look for them in vain would look like their absence. */
final class AvroRules {
  private AvroRules() {}

  static void check(Draft draft, Report report) {
    boolean avro = draft.source().filter(it -> it.format() == SourceConfig.Format.AVRO).isPresent();
    if (avro && !draft.purpose().isFileRun()) {
      fields(draft).forEach((path, field) -> check(path, field, report));
    }
  }

  /** A key of a map, further down, may be any text. */
  private static void check(List<String> path, FieldPath field, Report report) {
    if (field.steps().get(0) instanceof FieldPath.Step.Field first
        && !NameValidator.UTF_VALIDATOR.validate(first.name()).isOK()) {
      report.error(
          path,
          field + ", whose first name no Avro record can have",
          "a field of the source's schema: letters, digits and underscores, a digit not first");
    }
  }

  private static Map<List<String>, FieldPath> fields(Draft draft) {
    Map<List<String>, FieldPath> fields = new LinkedHashMap<>();
    draft
        .source()
        .ifPresent(
            source -> {
              source.subject().ifPresent(field -> fields.put(List.of("source", "subject"), field));
              source.time().ifPresent(field -> fields.put(List.of("source", "time"), field));
            });
    draft
        .scrub()
        .ifPresent(scrub -> add(fields, List.of("scrub", "fields"), scrub.fields().keySet()));
    draft.anonymize().ifPresent(section -> anonymize(fields, section));
    return fields;
  }

  private static void anonymize(Map<List<String>, FieldPath> fields, AnonymizeConfig section) {
    List<String> root = List.of("anonymize");
    add(fields, below(root, "quasi-identifiers"), section.quasiIdentifiers().keySet());
    add(fields, below(root, "sensitive"), section.sensitive().keySet());
    for (int i = 0; i < section.publish().size(); i++) {
      fields.put(below(root, "publish", "[" + i + "]"), section.publish().get(i));
    }
  }

  private static void add(
      Map<List<String>, FieldPath> fields, List<String> path, Iterable<FieldPath> added) {
    added.forEach(field -> fields.put(below(path, field.toString()), field));
  }
}
