// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DeadlinesTest {
  private static final Comparator<HeldEvent> ORDER =
      Comparator.comparingLong(HeldEvent::deadline).thenComparingLong(HeldEvent::sequence);

  private final EpochState epoch =
      new EpochState(0, new EngineSettings(2, Streams.HIERARCHIES, List.of()), Journal.none());

  private HeldEvent held(long sequence, long deadline) {
    List<List<String>> chains =
        List.of(
            Streams.HIERARCHIES.get(0).chain("aaa"),
            Streams.HIERARCHIES.get(1).chain("0"),
            Streams.HIERARCHIES.get(2).chain("x"));
    Event event = new Event("p", 0, 0, chains, List.of(), new Payload(new byte[0]), 0, deadline);
    return new HeldEvent(sequence, event, epoch, epoch.intern(chains));
  }

  /** Mostly in the order of deadlines, as events come, and otherwise anyhow. */
  @Property(tries = 200)
  void firstIsThatOfASortedSet(
      @ForAll long seed,
      @ForAll @IntRange(max = 2000) int events,
      @ForAll @IntRange(max = 900) int disorder,
      @ForAll @IntRange(min = 1, max = 9) int removals) {
    Random random = new Random(seed);
    Deadlines deadlines = new Deadlines();
    TreeSet<HeldEvent> expected = new TreeSet<>(ORDER);
    List<HeldEvent> gone = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      HeldEvent event = held(i, i + random.nextInt(disorder + 1));
      deadlines.add(event);
      expected.add(event);
      while (!expected.isEmpty() && random.nextInt(10) < removals) {
        HeldEvent some = expected.ceiling(held(0, random.nextInt(i + disorder + 1)));
        HeldEvent leaves = some == null || random.nextInt(3) == 0 ? expected.first() : some;
        deadlines.remove(leaves);
        expected.remove(leaves);
        gone.add(leaves);
      }
      assertThat(deadlines.size()).isEqualTo(expected.size());
      assertThat(deadlines.isEmpty()).isEqualTo(expected.isEmpty());
      if (!expected.isEmpty()) {
        assertThat(deadlines.first()).isSameAs(expected.first());
      }
    }
    gone.forEach(deadlines::remove);
    while (!expected.isEmpty()) {
      HeldEvent first = expected.first();
      assertThat(deadlines.first()).isSameAs(first);
      expected.remove(first);
      deadlines.remove(first);
    }
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Example
  void anEventComesBackAsItWasWhateverLabelsItGoesBy() {
    List<List<String>> chains =
        List.of(
            Streams.HIERARCHIES.get(0).chain("b"),
            Streams.HIERARCHIES.get(1).chain("3"),
            Streams.HIERARCHIES.get(2).chain("y"));
    Event event = new Event("pé", 0, -2, chains, List.of("5"), new Payload(new byte[] {1}), 7, 19);
    HeldEvent held = new HeldEvent(1, event, epoch, epoch.intern(chains));
    assertThat(held.event()).isEqualTo(event);
    held.goBy(epoch.chains(new int[] {0, 0, 0}));
    assertThat(held.event()).isEqualTo(event);
    assertThat(held.chains()).isDeepEqualTo(epoch.chains(new int[] {0, 0, 0}));
    assertThat(held.goesBy(new Tuple(new int[] {0, 0, 0}))).isTrue();
    assertThat(held.leaf().items()).containsOnly(0);
  }
}
