// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.AnonymizationEngine;
import io.cloister.anonymize.engine.Decision;
import io.cloister.anonymize.engine.EngineSettings;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Payload;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine keeps on the heap, as the difference of what is used after garbage collections.
 * All that only the engine refers to counts: of an event its record, its list of chains and the
 * person's name of nine characters, but no payload.
 *
 * @param perHeld bytes an event that waits
 * @param perSettled bytes a person who has a class, the open cells included
 */
record EngineMemory(double perHeld, double perSettled) {
  private static final Payload NOTHING = new Payload(new byte[0]);

  /** An engine and what is in it. */
  private record Filled(AnonymizationEngine engine, int held, int settled) {}

  static EngineMemory measure(int k, int quasiIdentifiers, int people) {
    // Once for what is loaded and cached at the first use.
    fill(k, quasiIdentifiers, 2_000, true);
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
    int settled = 0;
    for (int i = 0; i < people; i++) {
      List<List<String>> chains = new ArrayList<>(crowd.next());
      Event event =
          new Event("p" + (10_000_000 + i), 0, 0, chains, List.of(), NOTHING, i, i + delay);
      settled += released(engine.accept(event));
    }
    if (settle) {
      settled += released(engine.advance(people + delay));
    }
    return new Filled(engine, engine.held(), settled);
  }

  private static int released(List<Decision> decisions) {
    int released = 0;
    for (Decision decision : decisions) {
      released += decision instanceof Decision.Released ? 1 : 0;
    }
    return released;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
