// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.ArrayList;
import java.util.List;

/** Events of one quasi-identifier: the letters a to h, joined by two, by four and to the root. */
final class Letters {
  static final Taxonomy TAXONOMY =
      new Taxonomy(
          List.of(
              List.of("a", "ab", "abcd", "*"),
              List.of("b", "ab", "abcd", "*"),
              List.of("c", "cd", "abcd", "*"),
              List.of("d", "cd", "abcd", "*"),
              List.of("e", "ef", "efgh", "*"),
              List.of("f", "ef", "efgh", "*"),
              List.of("g", "gh", "efgh", "*"),
              List.of("h", "gh", "efgh", "*")));

  private Letters() {}

  /**
   * @param values a letter an event, each of another person
   * @return the events
   */
  static Sample of(String values) {
    List<Integer> people = new ArrayList<>();
    for (int i = 0; i < values.length(); i++) {
      people.add(i);
    }
    return of(values, people);
  }

  /**
   * @param values a letter an event
   * @param people of each event
   * @return the events
   */
  static Sample of(String values, List<Integer> people) {
    List<Sample.Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length(); i++) {
      String value = values.substring(i, i + 1);
      rows.add(
          new Sample.Row(
              people.get(i), new int[] {TAXONOMY.node(value)}, List.of(TAXONOMY.chain(value))));
    }
    return new Sample(new Space(List.of(TAXONOMY)), List.of(TAXONOMY), rows);
  }

  /** Writes down what an algorithm does: {@code now:row=label}, a dash where it suppresses. */
  static List<String> told(Sample sample, StreamAnonymizer algorithm) {
    List<String> told = new ArrayList<>();
    int[] now = {0};
    Output output =
        new Output() {
          @Override
          public void release(int row, int[] cell) {
            told.add(now[0] + ":" + row + "=" + TAXONOMY.label(cell[0]));
          }

          @Override
          public void suppress(int row) {
            told.add(now[0] + ":" + row + "=-");
          }
        };
    for (int row = 0; row < sample.rows().size(); row++) {
      now[0] = row;
      algorithm.accept(row, output);
    }
    now[0] = sample.rows().size();
    algorithm.end(output);
    return told;
  }
}
