// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random streams of events over small hierarchies, in which cells, ties and changes abound. */
final class Streams {
  static final List<Hierarchy> HIERARCHIES =
      List.of(
          // A value of one character has one label on two levels.
          Hierarchies.of(new HierarchyConfig.Prefix(List.of(3, 2, 1)), Path.of("")),
          Hierarchies.of(
              new HierarchyConfig.Intervals(List.of(BigDecimal.ONE, BigDecimal.valueOf(4))),
              Path.of("")),
          Hierarchies.of(new HierarchyConfig.Flat(), Path.of("")));
  private static final Epochs EPOCHS = new Epochs(Duration.ofMillis(40), Duration.ofMillis(10));

  /**
   * @param events in the order of arrival
   * @param delay between arrival and deadline
   */
  record Stream(List<Event> events, long delay) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (Event event : events) {
        text.append("\n  ").append(event.person()).append(' ').append(event.chains());
        text.append(' ').append(event.sensitive()).append(' ').append(event);
      }
      return text.toString();
    }
  }

  private record Step(int person, List<String> values, String sensitive, int pause, int age) {}

  private Streams() {}

  static Arbitrary<Stream> any() {
    return any(EPOCHS);
  }

  static Arbitrary<Stream> any(Epochs epochs) {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.integers().between(0, 11),
                Arbitraries.of("aaa", "aab", "aba", "b", "bb", ""),
                Arbitraries.of("0", "1", "3", "4", "none"),
                Arbitraries.of("x", "x", "x", "y", "*"),
                Arbitraries.of("1", "2", "3", ""),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(0, 0, 0, 15, 60))
            .as(
                (person, first, second, third, sensitive, pause, age) ->
                    new Step(person, List.of(first, second, third), sensitive, pause, age));
    return Combinators.combine(
            step.list().ofMinSize(1).ofMaxSize(70), Arbitraries.of(0L, 3L, 12L), habits())
        .as((steps, delay, habits) -> stream(epochs, steps, delay, habits));
  }

  /** What each person's values are, but for exceptions: people seldom change. */
  private static Arbitrary<List<Boolean>> habits() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.just(true)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(false)))
        .list()
        .ofSize(70);
  }

  private static Stream stream(Epochs epochs, List<Step> steps, long delay, List<Boolean> habits) {
    List<Event> events = new ArrayList<>();
    java.util.Map<Integer, List<String>> usual = new java.util.HashMap<>();
    long now = 1000;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      now += step.pause();
      List<String> before = usual.computeIfAbsent(step.person(), p -> step.values());
      List<String> values = habits.get(i) ? before : step.values();
      long time = now - step.age();
      List<List<String>> chains = new ArrayList<>();
      for (int q = 0; q < values.size(); q++) {
        chains.add(HIERARCHIES.get(q).chain(values.get(q)));
      }
      events.add(
          new Event(
              "p" + step.person(),
              epochs.of(time),
              epochs.oldestOpen(time),
              chains,
              List.of(step.sensitive()),
              new Payload(new byte[] {(byte) i}),
              now,
              now + delay));
    }
    return new Stream(events, delay);
  }
}
