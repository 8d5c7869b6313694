// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.DecisionSink;
import io.cloister.anonymize.engine.Event;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes on what is released, and nothing else.
 *
 * @param consumer told of each event
 */
record ReleasedTo(Consumer<Event> consumer) implements DecisionSink {
  @Override
  public void released(Event event, List<String> cell, double loss) {
    consumer.accept(event);
  }

  @Override
  public void suppressed(Event event) {}

  @Override
  public void moved(Event event) {}

  @Override
  public void late(Event event) {}
}
