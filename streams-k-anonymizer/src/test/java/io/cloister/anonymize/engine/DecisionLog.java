// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns what an engine tells into decisions that can be kept and compared. */
final class DecisionLog implements DecisionSink {
  private final Consumer<Decision> to;

  DecisionLog(Consumer<Decision> to) {
    this.to = to;
  }

  static List<Decision> accept(AnonymizationEngine engine, Event event) {
    List<Decision> decisions = new ArrayList<>();
    engine.accept(event, new DecisionLog(decisions::add));
    return decisions;
  }

  static List<Decision> advance(AnonymizationEngine engine, long now) {
    List<Decision> decisions = new ArrayList<>();
    engine.advance(now, new DecisionLog(decisions::add));
    return decisions;
  }

  @Override
  public void released(Event event, List<String> cell, double loss) {
    to.accept(new Decision.Released(event, cell, loss));
  }

  @Override
  public void suppressed(Event event) {
    to.accept(new Decision.Suppressed(event));
  }

  @Override
  public void moved(Event event) {
    to.accept(new Decision.Moved(event));
  }

  @Override
  public void late(Event event) {
    to.accept(new Decision.Late(event));
  }
}
