// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** How many events wait in all tasks of this process together. */
final class HeldGauge {
  private final AtomicLong held = new AtomicLong();

  HeldGauge(MeterRegistry metrics) {
    Gauge.builder("cloister.held", held, AtomicLong::doubleValue)
        .description("Records that wait for others to share their cell")
        .register(metrics);
  }

  void add(long change) {
    held.addAndGet(change);
  }
}
