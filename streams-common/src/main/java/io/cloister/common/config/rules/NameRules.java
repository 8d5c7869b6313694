// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.AggregateConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that become parts of topics, applications and audit entries. */
final class NameRules {
  private static final Pattern PIPELINE = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
  private static final Pattern PART = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private NameRules() {}

  static void check(Draft draft, Report report) {
    draft
        .pipeline()
        .filter(name -> !PIPELINE.matcher(name).matches())
        .ifPresent(
            name ->
                report.error(
                    List.of("pipeline"),
                    "'" + name + "'",
                    "lower case letters, digits and hyphens, at most 100, a hyphen not first"));
    draft.source().ifPresent(source -> topics(source.topics(), draft, report));
    draft.aggregate().ifPresent(aggregate -> parts(aggregate, report));
  }

  private static void topics(List<String> topics, Draft draft, Report report) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < topics.size(); i++) {
      String topic = topics.get(i);
      List<String> path = List.of("source", "topics", "[" + i + "]");
      if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
        report.error(
            path,
            "'" + topic + "'",
            "a topic's name: at most 249 letters, digits, dots, underscores and hyphens");
      } else if (draft.pipeline().filter(name -> topic.startsWith(name + ".")).isPresent()) {
        report.error(
            path,
            "'" + topic + "'",
            "raw topics; those that start with the pipeline are Cloister's");
      } else if (!seen.add(topic)) {
        report.error(path, "'" + topic + "' again", "each topic once");
      }
    }
  }

  private static void parts(AggregateConfig aggregate, Report report) {
    List<List<String>> paths = new ArrayList<>();
    aggregate.consumers().keySet().forEach(c -> paths.add(List.of("aggregate", "consumers", c)));
    aggregate.queries().keySet().forEach(q -> paths.add(List.of("aggregate", "queries", q)));
    for (List<String> path : paths) {
      String name = path.get(2);
      if (!PART.matcher(name).matches()) {
        report.error(
            path,
            "'" + name + "'",
            "a name of lower case letters, digits, hyphens and underscores, at most 100");
      }
    }
  }
}
