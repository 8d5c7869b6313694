// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows and the finest cell that covers them. A cell does not shrink when a row leaves. */
final class Cluster {
  private final Sample sample;
  private final List<Integer> rows = new ArrayList<>();
  private final Map<Integer, Integer> rowsOfPerson = new HashMap<>();
  private int[] cell;

  Cluster(Sample sample, int first) {
    this.sample = sample;
    this.cell = sample.leaves(first).clone();
    add(first);
  }

  void add(int row) {
    cell = sample.space().join(cell, sample.leaves(row));
    rows.add(row);
    rowsOfPerson.merge(sample.person(row), 1, Integer::sum);
  }

  void addAll(Cluster other) {
    other.rows.forEach(this::add);
    cell = sample.space().join(cell, other.cell);
  }

  void remove(int row) {
    rows.remove((Integer) row);
    rowsOfPerson.computeIfPresent(sample.person(row), (who, n) -> n == 1 ? null : n - 1);
  }

  /** How much more is lost once the cell covers another one too. */
  double enlargement(int[] other) {
    return sample.space().joinedLoss(cell, other) - loss();
  }

  double loss() {
    return sample.space().loss(cell);
  }

  int[] cell() {
    return cell;
  }

  List<Integer> rows() {
    return rows;
  }

  /** Distinct ones. */
  int people() {
    return rowsOfPerson.size();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }
}
