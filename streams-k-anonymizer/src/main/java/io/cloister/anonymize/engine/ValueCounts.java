// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Set;
import java.util.TreeMap;

/** How many people there are for each value of a sensitive field. */
public final class ValueCounts {
  /** Sorted, so that sums of the same counts are the same to the last bit. */
  private final TreeMap<SensitiveValue, Long> counts = new TreeMap<>();

  private long total;

  /**
   * @param value a value
   * @param people how many more there are, or fewer when below 0
   */
  public void add(SensitiveValue value, int people) {
    total += people;
    counts.merge(value, (long) people, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }

  /**
   * @return how many people there are
   */
  public long total() {
    return total;
  }

  /**
   * @return how many distinct values there are
   */
  public int distinct() {
    return counts.size();
  }

  /**
   * @return the entropy of the distribution, in nats; 0 where there is nobody
   */
  public double entropy() {
    double sum = 0;
    for (long people : counts.values()) {
      double share = people / (double) total;
      sum -= share * Math.log(share);
    }
    return sum;
  }

  Set<SensitiveValue> values() {
    return counts.keySet();
  }

  long of(SensitiveValue value) {
    return counts.getOrDefault(value, 0L);
  }

  ValueCounts copy() {
    ValueCounts copy = new ValueCounts();
    copy.counts.putAll(counts);
    copy.total = total;
    return copy;
  }

  /** Does not show the values. */
  @Override
  public String toString() {
    return "ValueCounts[" + distinct() + " of " + total + "]";
  }
}
