// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.AnonymizationEngine;
import io.cloister.anonymize.engine.EngineSettings;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Payload;
import java.util.ArrayList;
import java.util.List;

/** A stream of events of people who come for the first time, one a tick, and an engine for it. */
final class Crowd {
  /** The people of an epoch: as many as the census sample has. */
  static final int EPOCH = 30_000;

  private static final Payload NOTHING = new Payload(new byte[0]);

  private final AnonymizationEngine engine;
  private final List<List<List<String>>> pool = new ArrayList<>();
  private final long delay;
  private long next;

  /**
   * @param k how many people open a cell
   * @param delay between arrival and deadline, in people
   * @param quasiIdentifiers how many, 1 to 14
   */
  Crowd(int k, long delay, int quasiIdentifiers) {
    this.delay = delay;
    SyntheticPeople people = new SyntheticPeople(quasiIdentifiers, 1);
    // Three epochs differ; the fourth is like the first, in other people.
    for (int i = 0; i < 3 * EPOCH; i++) {
      pool.add(people.next());
    }
    engine =
        new AnonymizationEngine(
            new EngineSettings(k, people.hierarchies(), List.of()), Journal.none(), List.of());
  }

  AnonymizationEngine engine() {
    return engine;
  }

  /** When the next person comes. */
  long now() {
    return next;
  }

  /**
   * @return the next person's first event
   */
  Event next() {
    long epoch = next / EPOCH;
    List<List<String>> chains = pool.get((int) (next % pool.size()));
    return event(SyntheticPeople.pseudonym(next), epoch, chains, next++);
  }

  private Event event(String person, long epoch, List<List<String>> chains, long arrival) {
    return new Event(
        person,
        epoch,
        Math.max(0, epoch - 1),
        chains,
        List.of(),
        NOTHING,
        arrival,
        arrival + delay);
  }

  /** The same person's event now, as if the time did not pass. */
  Event again(Event event) {
    return event(event.person(), event.epoch(), event.chains(), next);
  }
}
