// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.AnonymizationEngine;
import io.cloister.anonymize.engine.Decision;
import io.cloister.anonymize.engine.EngineSettings;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Payload;
import java.util.List;

/** The engine of this project, driven as {@code cloister anonymize} drives it. */
final class Cloister implements StreamAnonymizer {
  private static final Payload NOTHING = new Payload(new byte[0]);

  private final Sample sample;
  private final int delay;
  private final AnonymizationEngine engine;

  /**
   * @param sample whose rows will come
   * @param k how many people open a cell
   * @param delay how many rows may come between a row and its release
   */
  Cloister(Sample sample, int k, int delay) {
    this.sample = sample;
    this.delay = delay;
    this.engine =
        new AnonymizationEngine(
            new EngineSettings(k, sample.hierarchies(), List.of()), Journal.none(), List.of());
  }

  @Override
  public void accept(int row, Output output) {
    Event event =
        new Event(
            Integer.toString(sample.person(row)),
            0,
            0,
            sample.rows().get(row).chains(),
            List.of(),
            NOTHING,
            row,
            (long) row + delay);
    write(engine.accept(event), output);
  }

  @Override
  public void end(Output output) {
    write(engine.advance(Long.MAX_VALUE), output);
  }

  private void write(List<Decision> decisions, Output output) {
    for (Decision decision : decisions) {
      int row = Math.toIntExact(decision.event().arrival());
      if (decision instanceof Decision.Released released) {
        int[] cell = new int[released.cell().size()];
        for (int q = 0; q < cell.length; q++) {
          cell[q] = sample.space().taxonomy(q).node(released.cell().get(q));
        }
        output.release(row, cell);
      } else {
        output.suppress(row);
      }
    }
  }
}
