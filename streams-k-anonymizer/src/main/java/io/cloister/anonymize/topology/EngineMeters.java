// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen of all engines of this process together. */
final class EngineMeters {
  private final AtomicLong held = new AtomicLong();
  private final Timer moves;

  EngineMeters(MeterRegistry metrics) {
    Gauge.builder("cloister.held", held, AtomicLong::doubleValue)
        .description("Records that wait for others to share their cell")
        .register(metrics);
    this.moves =
        Timer.builder("cloister.moves")
            .description("How long records were on their way to another task's second chance")
            .register(metrics);
  }

  void held(long change) {
    held.addAndGet(change);
  }

  void moved(long millis) {
    moves.record(Duration.ofMillis(Math.max(0, millis)));
  }
}
