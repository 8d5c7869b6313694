// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of every record, stage by stage, as this process counted it.
 *
 * @param stages stage to outcome to count, in the order in which records pass the stages
 */
public record Accounting(Map<String, Map<String, Long>> stages) {
  /**
   * @param metrics where stages count
   * @return the counts of now
   */
  public static Accounting of(MeterRegistry metrics) {
    Map<String, Map<String, Long>> stages = new TreeMap<>();
    for (Counter counter : metrics.find("cloister.records").counters()) {
      String stage = String.valueOf(counter.getId().getTag("stage"));
      String outcome = String.valueOf(counter.getId().getTag("outcome"));
      stages
          .computeIfAbsent(stage, name -> new TreeMap<>())
          .merge(outcome, (long) counter.count(), Long::sum);
    }
    Map<String, Map<String, Long>> inOrder = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      Optional.ofNullable(stages.remove(stage.toString()))
          .ifPresent(outcomes -> inOrder.put(stage.toString(), outcomes));
    }
    inOrder.putAll(stages);
    return new Accounting(inOrder);
  }

  /**
   * @param stage a stage
   * @param outcome an outcome, in the name of its metric
   * @return how many records of the stage had it
   */
  public long count(String stage, String outcome) {
    return stages.getOrDefault(stage, Map.of()).getOrDefault(outcome, 0L);
  }

  /**
   * @return a line a stage: what came in, what went out, then each other outcome that occurred
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    stages.forEach(
        (stage, outcomes) -> {
          text.append(stage).append(": in ").append(outcomes.getOrDefault("in", 0L));
          append(text, "out", outcomes.getOrDefault("out", 0L));
          outcomes.forEach(
              (outcome, count) -> {
                if (!outcome.equals("in") && !outcome.equals("out")) {
                  append(text, outcome, count);
                }
              });
          text.append('\n');
        });
    return text.toString();
  }

  private static void append(StringBuilder text, String outcome, long count) {
    if (count > 0) {
      text.append(", ").append(outcome).append(' ').append(count);
    }
  }
}
