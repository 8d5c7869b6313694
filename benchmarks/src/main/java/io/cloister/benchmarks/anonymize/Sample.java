// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Events in the order of arrival.
 *
 * @param space the domain of each quasi-identifier
 * @param hierarchies the same, for the engine
 * @param rows the events
 */
record Sample(Space space, List<Hierarchy> hierarchies, List<Row> rows) {
  /** One event: a number for its person, the node of each value, and its labels for the engine. */
  static final class Row {
    private final int person;
    private final int[] leaves;
    private final List<List<String>> chains;

    Row(int person, int[] leaves, List<List<String>> chains) {
      this.person = person;
      this.leaves = leaves;
      this.chains = chains;
    }

    int person() {
      return person;
    }

    int[] leaves() {
      return leaves;
    }

    List<List<String>> chains() {
      return chains;
    }
  }

  Sample {
    hierarchies = List.copyOf(hierarchies);
    rows = List.copyOf(rows);
  }

  /** The same events in a random order. */
  Sample shuffled(long seed) {
    List<Row> other = new ArrayList<>(rows);
    Collections.shuffle(other, new Random(seed));
    return new Sample(space, hierarchies, other);
  }

  int person(int row) {
    return rows.get(row).person();
  }

  int[] leaves(int row) {
    return rows.get(row).leaves();
  }

  long people() {
    return rows.stream().mapToInt(Row::person).distinct().count();
  }

  /** Whether somebody comes more than once. */
  boolean repeats() {
    return people() < rows.size();
  }
}
