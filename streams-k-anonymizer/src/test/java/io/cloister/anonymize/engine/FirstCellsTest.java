// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;

class FirstCellsTest {
  private static final Hierarchy PREFIX =
      Hierarchies.of(new HierarchyConfig.Prefix(List.of(3, 2, 1)), Path.of(""));
  private static final long DELAY = 640;

  private static Event event(String person, String value, long arrival) {
    return new Event(
        person,
        0,
        0,
        List.of(PREFIX.chain(value)),
        List.of(),
        new Payload(new byte[0]),
        arrival,
        arrival + DELAY);
  }

  private static EngineSettings settings(int k) {
    return new EngineSettings(k, List.of(PREFIX), List.of());
  }

  private static List<String> cells(List<Decision> decisions) {
    return decisions.stream()
        .map(
            one ->
                one.event().person()
                    + " "
                    + (one instanceof Decision.Released out ? out.cell() : "suppressed"))
        .toList();
  }

  /** In the order of deadlines the first one, who has nowhere to go, would take people along. */
  @Example
  void whoHasBetterCellsAheadIsNotTakenAlong() {
    AnonymizationEngine engine = new AnonymizationEngine(settings(2), Journal.none(), List.of());
    DecisionLog.accept(engine, event("far", "axx", 0));
    DecisionLog.accept(engine, event("near 1", "aba", 1));
    DecisionLog.accept(engine, event("near 2", "abb", 2));
    DecisionLog.accept(engine, event("late", "ayy", 3));
    assertThat(DecisionLog.advance(engine, 639)).isEmpty();
    assertThat(cells(DecisionLog.advance(engine, 640)))
        .containsExactly("near 1 [ab*]", "near 2 [ab*]", "far [a**]", "late [a**]");
  }

  @Example
  void everybodyWhomACellCoversIsReleasedInIt() {
    AnonymizationEngine engine = new AnonymizationEngine(settings(2), Journal.none(), List.of());
    for (String last : List.of("a", "b", "c", "d", "e")) {
      DecisionLog.accept(engine, event(last, "ab" + last, 0));
    }
    assertThat(cells(DecisionLog.advance(engine, 640)))
        .containsExactly("a [ab*]", "b [ab*]", "c [ab*]", "d [ab*]", "e [ab*]");
  }

  /** Of very many people only some are released in one call, and the rest in time. */
  @Example
  void noCallReleasesMany() {
    Run.Memory memory = new Run.Memory(EarlierClasses.none());
    AnonymizationEngine engine = spread(memory);
    for (int i = 0; i < 1_200; i++) {
      String value = "a" + (char) ('a' + i % 3) + (char) ('a' + i % 500);
      DecisionLog.accept(engine, event("p" + i, value, 0));
    }
    assertThat(engine.held()).isEqualTo(1_200);
    int most = 0;
    for (long now = 1; now < 640; now++) {
      most = Math.max(most, DecisionLog.advance(engine, now).size());
    }
    assertThat(most).isBetween(4, 100);
    DecisionLog.advance(engine, 640);
    assertThat(engine.held()).isZero();
  }

  /** So many people that the cells open in many calls. */
  @Example
  void nobodyIsLostOrToldTwiceWhereTheEngineDiesAmidTheFirstCells() {
    Random random = new Random(7);
    Run.Memory memory = new Run.Memory(EarlierClasses.none());
    AnonymizationEngine engine = spread(memory);
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      String value = "" + letter(random, 9) + letter(random, 9) + letter(random, 26);
      decisions.addAll(DecisionLog.accept(engine, event("p" + i, value, i * 9 / 20)));
    }
    long now = 550;
    while (decisions.stream().noneMatch(FirstCellsTest::losesSomething)) {
      decisions.addAll(DecisionLog.advance(engine, now++));
    }
    assertThat(now).as("amid the first cells").isLessThan(640);
    assertThat(engine.held()).isPositive();
    engine = spread(memory);
    for (; now <= 1_240; now++) {
      decisions.addAll(DecisionLog.advance(engine, now));
    }
    Set<String> people = new HashSet<>();
    Map<List<String>, Integer> sizes = new HashMap<>();
    for (Decision decision : decisions) {
      assertThat(people.add(decision.event().person())).isTrue();
      if (decision instanceof Decision.Released out) {
        sizes.merge(out.cell(), 1, Integer::sum);
      }
    }
    assertThat(people).hasSize(1_200);
    assertThat(sizes.values()).allMatch(size -> size >= 4);
    assertThat(engine.held()).isZero();
  }

  private static AnonymizationEngine spread(Run.Memory memory) {
    EngineSettings settings = settings(4);
    return new AnonymizationEngine(
        settings,
        new OpeningSearch(settings),
        LastCalls.none(),
        new Effort(Pace.SPREAD),
        memory,
        EarlierClasses.none(),
        memory.states());
  }

  private static boolean losesSomething(Decision decision) {
    return decision instanceof Decision.Released out && out.loss() > 0;
  }

  private static char letter(Random random, int of) {
    return (char) ('a' + Math.min(random.nextInt(of), random.nextInt(of)));
  }
}
