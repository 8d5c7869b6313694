// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.anonymize.engine.SensitiveCondition.DistinctDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.EntropyDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.TCloseness;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks the conditions on one sensitive field from the outside, by formulas of its own: knows
 * events and decisions alone, keeps every value that was released of each person in each cell.
 */
final class ConditionChecker {
  private static final double ROUNDING = 1e-7;

  private record EpochCell(long epoch, List<String> labels) {}

  private final List<SensitiveCondition> conditions;
  private final Map<Long, Map<String, List<String>>> seen = new HashMap<>();
  private final Map<EpochCell, Map<String, List<String>>> released = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long oldestOpen = Long.MIN_VALUE;

  ConditionChecker(List<SensitiveCondition> conditions) {
    this.conditions = conditions;
  }

  List<String> faults() {
    return faults;
  }

  /** An event that comes. */
  void came(Event event) {
    oldestOpen = Math.max(oldestOpen, event.oldestOpen());
    if (event.epoch() >= oldestOpen) {
      note(seen.computeIfAbsent(event.epoch(), e -> new LinkedHashMap<>()), event);
    }
  }

  /** What becomes visible at once. */
  void decided(Collection<Decision> decisions) {
    Set<EpochCell> touched = new HashSet<>();
    Set<EpochCell> changed = new HashSet<>();
    for (Decision decision : decisions) {
      if (decision instanceof Decision.Released out) {
        EpochCell cell = new EpochCell(out.event().epoch(), out.cell());
        touched.add(cell);
        if (note(released.computeIfAbsent(cell, c -> new LinkedHashMap<>()), out.event())) {
          changed.add(cell);
        }
      }
    }
    touched.forEach(cell -> check(cell, changed.contains(cell)));
  }

  private void check(EpochCell cell, boolean changed) {
    Map<String, List<String>> everybody = seen.getOrDefault(cell.epoch(), Map.of());
    for (boolean first : List.of(true, false)) {
      List<String> values = one(released.getOrDefault(cell, Map.of()), first);
      for (SensitiveCondition condition : conditions) {
        boolean holds;
        if (condition instanceof DistinctDiversity distinct) {
          holds = new HashSet<>(values).size() >= distinct.l();
        } else if (condition instanceof EntropyDiversity entropy) {
          holds = entropy(values) >= Math.log(entropy.l()) - ROUNDING;
        } else {
          TCloseness close = (TCloseness) condition;
          holds =
              !changed
                  || distance(close.distance(), values, one(everybody, first))
                      <= close.t() + ROUNDING;
        }
        if (!holds) {
          faults.add(condition + (first ? " by first" : " by latest") + " values");
        }
      }
    }
  }

  /** Says whether the person's latest value has changed. */
  private static boolean note(Map<String, List<String>> values, Event event) {
    String value = event.sensitive().get(0);
    List<String> all = values.computeIfAbsent(event.person(), p -> new ArrayList<>());
    if (value.isEmpty() || (!all.isEmpty() && all.get(all.size() - 1).equals(value))) {
      return false;
    }
    return all.add(value);
  }

  private static List<String> one(Map<String, List<String>> values, boolean first) {
    return values.values().stream()
        .filter(all -> !all.isEmpty())
        .map(all -> all.get(first ? 0 : all.size() - 1))
        .toList();
  }

  private static Map<String, Double> shares(List<String> values) {
    Map<String, Double> shares = new TreeMap<>(Comparator.comparing(BigDecimal::new));
    values.forEach(value -> shares.merge(value, 1.0 / values.size(), Double::sum));
    return shares;
  }

  /** The logarithm of the number of people, less the mean one of those who share a value. */
  static double entropy(List<String> values) {
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return Math.log(values.size())
        - values.stream()
            .mapToDouble(value -> Math.log(counts.getOrDefault(value, 0)))
            .average()
            .orElse(0);
  }

  /** Moves people one value at a time from where there are too many to where there are too few. */
  static double distance(ValueDistance kind, List<String> cell, List<String> reference) {
    if (cell.isEmpty() || reference.isEmpty()) {
      return 1;
    }
    Map<String, Double> from = shares(cell);
    Map<String, Double> to = shares(reference);
    List<String> order;
    if (kind instanceof ValueDistance.Listed listed) {
      order = listed.order().stream().map(SensitiveValue::text).toList();
      if (!order.containsAll(cell)) {
        return 1;
      }
      to = shares(reference.stream().filter(order::contains).toList());
      if (to.isEmpty()) {
        return 1;
      }
    } else {
      List<String> both = new ArrayList<>(cell);
      both.addAll(reference);
      order = List.copyOf(shares(both).keySet());
    }
    boolean equal = kind instanceof ValueDistance.Equal;
    double cost = 0;
    int source = 0;
    int target = 0;
    double[] surplus = new double[order.size()];
    double[] lack = new double[order.size()];
    for (int i = 0; i < order.size(); i++) {
      double more = from.getOrDefault(order.get(i), 0.0) - to.getOrDefault(order.get(i), 0.0);
      surplus[i] = Math.max(0, more);
      lack[i] = Math.max(0, -more);
    }
    while (source < order.size() && target < order.size()) {
      double moved = Math.min(surplus[source], lack[target]);
      double way = equal ? 1 : Math.abs(source - target) / (double) Math.max(1, order.size() - 1);
      cost += moved * way;
      surplus[source] -= moved;
      lack[target] -= moved;
      if (surplus[source] <= 0) {
        source++;
      } else {
        target++;
      }
    }
    return cost;
  }
}
