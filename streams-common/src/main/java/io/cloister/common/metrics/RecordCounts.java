// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what became of the records of one stage, so that what comes in can be checked against what
 * goes out. One meter, {@code cloister.records}, with tags {@code stage} and {@code outcome}. Safe
 * for use by several threads.
 */
public final class RecordCounts {
  /** What became of a record. */
  public enum Outcome {
    /** Read by the stage. */
    IN,
    /** Written to the stage's output. */
    OUT,
    /** Written to the dead letters. */
    DEAD_LETTERED,
    /** Left out because the config says so. */
    DROPPED_BY_POLICY,
    /** Seen before: the scrubber delivers at least once. */
    DUPLICATE,
    /** Withheld by the anonymizer: no cell of k people at the deadline. */
    SUPPRESSED,
    /** Of an epoch or window that is closed. */
    LATE,
    /** Without a usable value for a query. */
    UNUSABLE,
    /** Beyond a person's bounds in a query. */
    OUT_OF_BOUNDS
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  /**
   * @param registry where the counters live
   * @param stage such as {@code scrub}
   */
  public RecordCounts(MeterRegistry registry, String stage) {
    for (Outcome outcome : Outcome.values()) {
      String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
      counters.put(
          outcome,
          Counter.builder("cloister.records")
              .description("Records by what became of them")
              .tag("stage", stage)
              .tag("outcome", name)
              .register(registry));
    }
  }

  /**
   * @param outcome what became of one record
   */
  public void count(Outcome outcome) {
    counter(outcome).increment();
  }

  /**
   * @param outcome an outcome
   * @return how many records had it since the stage started
   */
  public long total(Outcome outcome) {
    return (long) counter(outcome).count();
  }

  private Counter counter(Outcome outcome) {
    Counter counter = counters.get(outcome);
    if (counter == null) {
      throw new IllegalStateException("every outcome has a counter");
    }
    return counter;
  }
}
