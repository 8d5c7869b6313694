// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.AnonymizationEngine;
import io.cloister.anonymize.engine.DecisionSink;
import io.cloister.anonymize.engine.EngineSettings;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Payload;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an engine keeps on the heap, as the difference of what is used after garbage collections.
 * All that only the engine refers to counts, but the bytes of a payload: the person's name, which
 * has 29 characters as a pseudonym has, the labels, the times, the indexes and the room in them
 * that is not used yet.
 *
 * @param perHeld bytes an event that waits
 * @param perSettled bytes a person who has a class, the open cells included
 */
record EngineMemory(double perHeld, double perSettled) {
  private static final byte[] NOTHING = new byte[0];

  /** An engine and what is in it. */
  private record Filled(AnonymizationEngine engine, int held, int settled) {}

  static EngineMemory measure(int k, int quasiIdentifiers, int people) {
    // For what is loaded and cached at the first use, and let go of after it.
    for (int i = 0; i < 3; i++) {
      fill(k, quasiIdentifiers, 2_000, true);
      used();
    }
    long empty = used();
    Filled done = fill(k, quasiIdentifiers, people, true);
    // The first engine stays, so that each difference is of one engine alone.
    long one = used();
    Filled full = fill(k, quasiIdentifiers, people, false);
    long both = used();
    double perSettled = (double) (one - empty) / done.settled();
    double perHeld = (both - one - perSettled * full.settled()) / full.held();
    if (done.engine().held() != 0 || full.engine().held() != full.held()) {
      throw new IllegalStateException("an engine changed while it was measured");
    }
    return new EngineMemory(perHeld, perSettled);
  }

  private static Filled fill(int k, int quasiIdentifiers, int people, boolean settle) {
    SyntheticPeople crowd = new SyntheticPeople(quasiIdentifiers, 1);
    AnonymizationEngine engine =
        new AnonymizationEngine(
            new EngineSettings(k, crowd.hierarchies(), List.of()), Journal.none(), List.of());
    // Short waits settle people quickly; without a deadline in sight nearly all of them wait.
    long delay = settle ? 1_000 : Long.MAX_VALUE / 2;
    AtomicInteger settled = new AtomicInteger();
    DecisionSink released = new ReleasedTo(event -> settled.incrementAndGet());
    for (int i = 0; i < people; i++) {
      List<List<String>> chains = new ArrayList<>(crowd.next());
      Payload payload = new Payload(NOTHING);
      String person = SyntheticPeople.pseudonym(i);
      engine.accept(new Event(person, 0, 0, chains, List.of(), payload, i, i + delay), released);
    }
    if (settle) {
      engine.advance(people + delay, released);
    }
    return new Filled(engine, engine.held(), settled.get());
  }

  /** The least of several readings: what a library lets go of late is not the engine's. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
