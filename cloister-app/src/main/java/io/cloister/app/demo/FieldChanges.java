// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.path.FieldPath;
import java.util.HashMap;
import java.util.Map;

/** Says in a few words what the config does to a field. */
final class FieldChanges {
  private final Map<String, String> treated = new HashMap<>();
  private final Map<String, String> released = new HashMap<>();

  FieldChanges(TopologyConfig config) {
    config
        .scrub()
        .ifPresent(
            scrub ->
                scrub
                    .fields()
                    .forEach((path, treatment) -> treated.put(path.toString(), word(treatment))));
    config.source().flatMap(SourceConfig::time).ifPresent(time -> treated.put(text(time), "kept"));
    config.anonymize().ifPresent(anonymize -> read(anonymize, config));
  }

  private void read(AnonymizeConfig anonymize, TopologyConfig config) {
    config
        .source()
        .flatMap(SourceConfig::time)
        .ifPresent(time -> released.put(text(time), "cut to " + anonymize.time().truncate()));
    anonymize.publish().forEach(path -> released.put(text(path), "published"));
    anonymize.sensitive().keySet().forEach(path -> released.put(text(path), "sensitive"));
    anonymize.quasiIdentifiers().keySet().forEach(path -> released.put(text(path), "generalized"));
  }

  /**
   * @param path a field
   * @param dropped whether the scrubber left it out
   * @param withheld whether the anonymizer left it out
   * @return what happened to it
   */
  String describe(String path, boolean dropped, boolean withheld) {
    if (dropped) {
      return treated.containsKey(path) ? treated.get(path) : "not listed: dropped";
    }
    String second = withheld ? "withheld" : released.getOrDefault(path, "released");
    return treated.getOrDefault(path, "kept") + ", " + second;
  }

  private static String text(FieldPath path) {
    return path.toString();
  }

  private static String word(Treatment treatment) {
    if (treatment instanceof Treatment.Tokenize) {
      return "keyed token";
    } else if (treatment instanceof Treatment.Truncate truncate) {
      return "cut to /" + truncate.prefix();
    } else if (treatment instanceof Treatment.Detect) {
      return "searched";
    } else if (treatment instanceof Treatment.Redact) {
      return "redacted";
    } else if (treatment instanceof Treatment.Mask) {
      return "masked";
    } else if (treatment instanceof Treatment.Generalize) {
      return "generalized";
    }
    return treatment instanceof Treatment.Drop ? "dropped" : "kept";
  }
}
