// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.AnonymizationEngine;
import io.cloister.anonymize.engine.DecisionSink;
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
    engine.accept(event, new Rows(output));
  }

  @Override
  public void end(Output output) {
    engine.advance(Long.MAX_VALUE, new Rows(output));
  }

  private final class Rows implements DecisionSink {
    private final Output output;

    private Rows(Output output) {
      this.output = output;
    }

    @Override
    public void released(Event event, List<String> labels, double loss) {
      int[] cell = new int[labels.size()];
      for (int q = 0; q < cell.length; q++) {
        cell[q] = sample.space().taxonomy(q).node(labels.get(q));
      }
      output.release(row(event), cell);
    }

    @Override
    public void suppressed(Event event) {
      output.suppress(row(event));
    }

    @Override
    public void moved(Event event) {
      output.suppress(row(event));
    }

    @Override
    public void late(Event event) {
      output.suppress(row(event));
    }

    private static int row(Event event) {
      return Math.toIntExact(event.arrival());
    }
  }
}
