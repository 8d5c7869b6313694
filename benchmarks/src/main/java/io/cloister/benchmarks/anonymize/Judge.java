// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.error.BugException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks each decision of an algorithm, so that none gets a good figure by breaking the rules:
 * every row is decided once, not before it came, under labels that cover it, and every cell other
 * than the all-root one opens for k distinct people at one moment.
 */
final class Judge implements Output {
  private record Opened(int at, Set<Integer> atOnce, Set<Integer> people) {}

  private final Sample sample;
  private final int k;
  private final boolean[] decided;
  private final Map<List<Integer>, Opened> cells = new HashMap<>();
  private final Map<Integer, Set<List<Integer>>> cellsOf = new HashMap<>();
  private int now;
  private long immediate;
  private long suppressed;
  private long longestHold;
  private double loss;

  private Judge(Sample sample, int k) {
    this.sample = sample;
    this.k = k;
    this.decided = new boolean[sample.rows().size()];
  }

  /**
   * Runs an algorithm over all rows.
   *
   * @throws BugException when it breaks a rule
   */
  static Verdict judge(Sample sample, int k, StreamAnonymizer algorithm) {
    Judge judge = new Judge(sample, k);
    for (int row = 0; row < sample.rows().size(); row++) {
      judge.now = row;
      algorithm.accept(row, judge);
    }
    algorithm.end(judge);
    return judge.verdict();
  }

  @Override
  public void release(int row, int[] cell) {
    decide(row);
    if (!sample.space().covers(cell, sample.leaves(row))) {
      throw new BugException("a row was released in a cell that does not cover it");
    }
    if (sample.space().isAllRoot(cell)) {
      loss += 1;
      suppressed++;
      return;
    }
    loss += sample.space().loss(cell);
    immediate += row == now ? 1 : 0;
    longestHold = Math.max(longestHold, now - row);
    List<Integer> key = Arrays.stream(cell).boxed().toList();
    int person = sample.person(row);
    Opened opened =
        cells.computeIfAbsent(key, c -> new Opened(now, new HashSet<>(), new HashSet<>()));
    opened.people().add(person);
    if (opened.at() == now) {
      opened.atOnce().add(person);
    }
    cellsOf.computeIfAbsent(person, who -> new HashSet<>()).add(key);
  }

  @Override
  public void suppress(int row) {
    decide(row);
    loss += 1;
    suppressed++;
  }

  private void decide(int row) {
    if (row > now || decided[row]) {
      throw new BugException("a row was decided twice, or before it came");
    }
    decided[row] = true;
  }

  private Verdict verdict() {
    for (boolean one : decided) {
      if (!one) {
        throw new BugException("a row was never decided");
      }
    }
    for (Opened opened : cells.values()) {
      if (opened.atOnce().size() < k) {
        throw new BugException("a cell opened for fewer than k people");
      }
    }
    double records = Math.max(1, decided.length);
    return new Verdict(
        loss / records, immediate / records, suppressed / records, longestHold, narrowed());
  }

  /**
   * The share of people whose cells together fit fewer than k people: an observer who can tell that
   * several releases are of one person intersects them.
   */
  private double narrowed() {
    Map<List<Integer>, Set<Integer>> fitting = new HashMap<>();
    Map<Set<List<Integer>>, Boolean> known = new HashMap<>();
    List<Value> values = values();
    long narrowed =
        cellsOf.values().stream()
            .filter(mine -> known.computeIfAbsent(mine, m -> isNarrow(m, values, fitting)))
            .count();
    return cellsOf.isEmpty() ? 0 : (double) narrowed / cellsOf.size();
  }

  private boolean isNarrow(
      Set<List<Integer>> mine, List<Value> values, Map<List<Integer>, Set<Integer>> fitting) {
    List<Set<Integer>> released = new ArrayList<>();
    mine.forEach(key -> released.add(Set.copyOf(people(key))));
    if (common(released) >= k) {
      return false;
    }
    List<Set<Integer>> fit = new ArrayList<>();
    for (List<Integer> key : mine) {
      fit.add(fitting.computeIfAbsent(key, c -> fitting(c, values)));
    }
    return common(fit) < k;
  }

  private Set<Integer> people(List<Integer> key) {
    Opened opened = cells.get(key);
    return opened == null ? Set.of() : opened.people();
  }

  private static final class Value {
    private final int[] leaves;
    private final Set<Integer> people;

    Value(int[] leaves, Set<Integer> people) {
      this.leaves = leaves;
      this.people = people;
    }

    int[] leaves() {
      return leaves;
    }

    Set<Integer> people() {
      return people;
    }
  }

  private List<Value> values() {
    Map<List<Integer>, Value> values = new HashMap<>();
    for (Sample.Row row : sample.rows()) {
      values
          .computeIfAbsent(
              Arrays.stream(row.leaves()).boxed().toList(),
              key -> new Value(row.leaves(), new HashSet<>()))
          .people()
          .add(row.person());
    }
    return List.copyOf(values.values());
  }

  private Set<Integer> fitting(List<Integer> key, List<Value> values) {
    int[] cell = key.stream().mapToInt(Integer::intValue).toArray();
    Set<Integer> people = new HashSet<>();
    for (Value value : values) {
      if (sample.space().covers(cell, value.leaves())) {
        people.addAll(value.people());
      }
    }
    return people;
  }

  private static int common(List<Set<Integer>> sets) {
    Set<Integer> common = new HashSet<>(sets.get(0));
    sets.forEach(common::retainAll);
    return common.size();
  }
}
