// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cloister.common.hierarchy.Hierarchy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Most events of a stream are of people who have a class already. Bytes are counted and not time,
 * so the figure is the same on every machine; the compiler can only lower it.
 */
class ReturningPathTest {
  private static final int PEOPLE = 2_000;
  private static final int K = 5;

  /**
   * The 112 of the decision and the list that holds it, on JDK 17 with compressed pointers, and a
   * tenth.
   */
  private static final long BYTES_EACH = 124;

  @Test
  void anEventOfAPersonWithAClassAllocatesNoMoreThanRecorded() {
    AnonymizationEngine engine =
        new AnonymizationEngine(
            new EngineSettings(K, Streams.HIERARCHIES, List.of()), Journal.none(), List.of());
    List<Event> again = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      engine.accept(event(i, i));
      again.add(event(i, PEOPLE));
    }
    assertThat(engine.held()).as("everybody but a few has a class").isLessThan(PEOPLE / 10);
    again.forEach(engine::accept);

    long least = Long.MAX_VALUE;
    long[] decided = {0};
    for (int round = 0; round < 5; round++) {
      long before = allocated();
      for (Event event : again) {
        decided[0] += engine.accept(event).size();
      }
      least = Math.min(least, allocated() - before);
    }

    assertThat(decided[0]).isEqualTo(5L * PEOPLE);
    assertThat(least / PEOPLE).isLessThanOrEqualTo(BYTES_EACH);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static Event event(int person, long arrival) {
    List<List<String>> chains = new ArrayList<>();
    List<Hierarchy> hierarchies = Streams.HIERARCHIES;
    chains.add(hierarchies.get(0).chain(person % 2 == 0 ? "aaa" : "aba"));
    chains.add(hierarchies.get(1).chain(Integer.toString(person % 4)));
    chains.add(hierarchies.get(2).chain(person % 3 == 0 ? "x" : "y"));
    return new Event(
        "p" + person, 0, 0, chains, List.of(), new Payload(new byte[0]), arrival, arrival + 50);
  }
}
