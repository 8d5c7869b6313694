// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.Purpose;
import io.cloister.common.config.SourceConfig;
import java.util.List;
import java.util.Optional;

/** Which sections, and which keys of the source, a command needs. */
final class SectionRules {
  private static final List<String> STAGES = List.of("scrub", "anonymize", "aggregate");

  private SectionRules() {}

  static void check(Draft draft, Report report) {
    needed(draft.purpose()).forEach(section -> require(section, report));
    if (STAGES.stream().noneMatch(stage -> report.has(List.of(stage)))) {
      report.error(List.of(), "no stage", "at least one of the sections " + list(STAGES));
    }
    draft.source().ifPresent(source -> source(source, draft, report));
  }

  private static List<String> needed(Purpose purpose) {
    return switch (purpose) {
      case CHECK -> List.of("source");
      case RUN_ALL -> List.of("source", "scrub");
      case RUN_SCRUB -> List.of("source", "scrub");
      case RUN_ANONYMIZE, ANONYMIZE_FILE -> List.of("source", "anonymize");
      case RUN_AGGREGATE, AGGREGATE_FILE -> List.of("source", "aggregate");
    };
  }

  private static void require(String section, Report report) {
    if (!report.has(List.of(section))) {
      report.error(List.of(section), "nothing", "the section " + section + ", for this command");
    }
  }

  private static void source(SourceConfig source, Draft draft, Report report) {
    boolean checking = draft.purpose() == Purpose.CHECK;
    boolean streams = !checking && !draft.purpose().isFileRun();
    boolean scrubs = checking && report.has(List.of("scrub"));
    boolean aggregates =
        draft.purpose() == Purpose.AGGREGATE_FILE || (checking && report.has(List.of("aggregate")));
    if (streams || scrubs) {
      require("topics", source.topics().isEmpty(), "the topics of raw events", report);
    }
    if (streams || scrubs || aggregates) {
      require("subject", absent(source.subject()), "the field that names the person", report);
      require("time", absent(source.time()), "the field that holds the event time", report);
    }
    if ((streams || scrubs) && source.format() == SourceConfig.Format.CSV) {
      report.error(
          List.of("source", "format"), "csv", "json or avro: csv is for file runs without scrub");
    }
    if (source.format() == SourceConfig.Format.AVRO
        && !draft.purpose().isFileRun()
        && !report.has(List.of("registry"))) {
      report.error(
          List.of("source", "format"), "avro without a registry", "avro with the section registry");
    }
  }

  private static void require(String key, boolean absent, String allowed, Report report) {
    if (absent) {
      report.error(List.of("source", key), "nothing", allowed);
    }
  }

  private static boolean absent(Optional<?> value) {
    return value.isEmpty();
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }
}
