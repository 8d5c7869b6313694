// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sensitive values of the people of one cell, or of everybody, field by field: each person by
 * the first value, and once more by the latest one.
 */
final class Tally {
  private final Map<String, SensitiveValue> read;
  private final List<ValueCounts> first;
  private final List<ValueCounts> latest;

  private Tally(
      Map<String, SensitiveValue> read, List<ValueCounts> first, List<ValueCounts> latest) {
    this.read = read;
    this.first = first;
    this.latest = latest;
  }

  static Tally of(int fields) {
    return of(fields, new HashMap<>());
  }

  /** Counts nobody yet, and shares what values say with other tallies of the same thread. */
  static Tally of(int fields, Map<String, SensitiveValue> read) {
    return new Tally(
        read,
        Stream.generate(ValueCounts::new).limit(fields).toList(),
        Stream.generate(ValueCounts::new).limit(fields).toList());
  }

  Tally copy() {
    return new Tally(
        read,
        first.stream().map(ValueCounts::copy).toList(),
        latest.stream().map(ValueCounts::copy).toList());
  }

  /** Counts a person for what they stand for now instead of before. */
  void replace(Standing before, Standing now) {
    if (before.equals(now)) {
      return;
    }
    for (int field = 0; field < first.size(); field++) {
      replace(first.get(field), before.first().get(field), now.first().get(field));
      replace(latest.get(field), before.latest().get(field), now.latest().get(field));
    }
  }

  private void replace(ValueCounts counts, String before, String now) {
    if (before.equals(now)) {
      return;
    }
    if (!before.isEmpty()) {
      counts.add(value(before), -1);
    }
    if (!now.isEmpty()) {
      counts.add(value(now), 1);
    }
  }

  private SensitiveValue value(String text) {
    return read.computeIfAbsent(text, SensitiveValue::of);
  }

  ValueCounts first(int field) {
    return first.get(field);
  }

  ValueCounts latest(int field) {
    return latest.get(field);
  }

  /** How much is missing to all conditions, by the first values and by the latest ones; 0: none. */
  double shortfall(List<List<SensitiveCondition>> conditions, Tally reference) {
    double sum = 0;
    for (int field = 0; field < first.size(); field++) {
      for (SensitiveCondition condition : conditions.get(field)) {
        sum += condition.shortfall(first.get(field), reference.first.get(field));
        sum += condition.shortfall(latest.get(field), reference.latest.get(field));
      }
    }
    return sum;
  }
}
