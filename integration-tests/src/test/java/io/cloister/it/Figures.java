// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.it.Recount.Cell;
import io.cloister.it.Submissions.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Released figures, query by query, and what they must be. */
final class Figures {
  /** How often chance alone may fail a test. */
  private static final double FALSE_ALARMS = 1e-9;

  private final Map<String, Map<Cell, JsonNode>> released = new HashMap<>();

  /**
   * Reads a consumer's answers, none of which may be a refusal or a second one for its cell.
   *
   * @param field the field by which all queries group
   */
  Figures(List<JsonNode> answers, String field) {
    for (JsonNode answer : answers) {
      assertThat(answer.path("refused").asBoolean()).isFalse();
      if (answer.hasNonNull("value")) {
        Cell cell =
            new Cell(
                Instant.parse(answer.path("window").path("start").asText()),
                answer.path("group").path(field).asText());
        JsonNode earlier =
            released
                .computeIfAbsent(answer.path("query").asText(), query -> new HashMap<>())
                .put(cell, answer);
        assertThat(earlier).as("released once").isNull();
      }
    }
  }

  /**
   * There is a figure for each of the cells in each of the queries, and no other; each as good as
   * exact.
   */
  void areTheRecountWithinNoise(
      Map<String, Recount> recounts, List<Submission> submissions, List<Cell> cells) {
    double numbers = cells.size() * (double) recounts.size();
    assertThat(released).containsOnlyKeys(recounts.keySet());
    recounts.forEach(
        (query, recount) -> {
          Map<Cell, Long> truth = recount.of(submissions);
          Map<Cell, JsonNode> figures = released.getOrDefault(query, Map.of());
          assertThat(figures.keySet()).as(query).containsExactlyInAnyOrderElementsOf(cells);
          figures.forEach(
              (cell, figure) -> {
                double scale = figure.path("scale").asDouble();
                // Discrete Laplace: P(|noise| > t) < 2 exp(-t / scale).
                long bound = (long) Math.ceil(scale * Math.log(2 * numbers / FALSE_ALARMS));
                assertThat(figure.path("value").asLong() - truth.getOrDefault(cell, 0L))
                    .as(query + " " + cell)
                    .isBetween(-bound, bound);
              });
        });
    System.out.printf("aggregates: %.0f figures, all within noise of the recount%n", numbers);
  }

  /**
   * Windows of event time that are closed, times the groups: every partition of scrubbed records
   * has gone beyond them.
   *
   * @param newest partition of scrubbed records to its newest event time
   */
  static List<Cell> closed(
      Map<Integer, Instant> newest, Instant first, Duration window, List<String> groups) {
    Instant closed = newest.values().stream().min(Instant::compareTo).orElseThrow();
    long width = window.toMillis();
    long from = Math.floorDiv(first.toEpochMilli(), width) * width;
    List<Cell> cells = new ArrayList<>();
    for (long start = from; start + width <= closed.toEpochMilli(); start += width) {
      for (String group : new TreeSet<>(groups)) {
        cells.add(new Cell(Instant.ofEpochMilli(start), group));
      }
    }
    return cells;
  }
}
