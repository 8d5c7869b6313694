// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.anonymize.engine.SensitiveCondition.DistinctDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.EntropyDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.TCloseness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Conditions on sensitive fields hold when a cell opens, and after whatever joins it. */
class ConditionsTest {
  @Provide
  Arbitrary<Streams.Stream> streams() {
    return Streams.any();
  }

  @Provide
  Arbitrary<List<SensitiveCondition>> conditions() {
    Arbitrary<SensitiveCondition> distinct =
        Arbitraries.integers().between(2, 3).map(DistinctDiversity::new);
    Arbitrary<SensitiveCondition> entropy =
        Arbitraries.of(1.3, 1.7, 2.0, 2.5).map(EntropyDiversity::new);
    Arbitrary<ValueDistance> distance =
        Arbitraries.of(
            new ValueDistance.Equal(),
            new ValueDistance.Numeric(),
            ValueDistance.Listed.of(List.of("2", "3", "1")),
            ValueDistance.Listed.of(List.of("3", "1")));
    Arbitrary<SensitiveCondition> close =
        Combinators.combine(Arbitraries.of(0.1, 0.2, 0.3, 0.5), distance).as(TCloseness::new);
    return Arbitraries.oneOf(distinct, entropy, close).list().ofMinSize(1).ofMaxSize(3);
  }

  private static EngineSettings settings(int k, List<SensitiveCondition> conditions) {
    return new EngineSettings(k, Streams.HIERARCHIES, List.of(conditions));
  }

  private static List<String> faults(
      EngineSettings settings, EarlierClasses earlier, List<Event> events, Set<Integer> crashes) {
    Run.Memory memory = new Run.Memory(earlier);
    AnonymizationEngine engine = memory.engine(settings);
    ConditionChecker checker = new ConditionChecker(settings.conditions().get(0));
    long now = events.get(0).arrival();
    for (int i = 0; i < events.size(); i++) {
      if (crashes.contains(i)) {
        engine = memory.engine(settings);
      }
      for (; now <= events.get(i).arrival(); now++) {
        checker.decided(DecisionLog.advance(engine, now));
      }
      checker.came(events.get(i));
      checker.decided(DecisionLog.accept(engine, events.get(i)));
    }
    checker.decided(DecisionLog.advance(engine, Long.MAX_VALUE));
    return checker.faults();
  }

  @Property(tries = 2000)
  void conditionsHoldAfterEveryRelease(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll("conditions") List<SensitiveCondition> conditions,
      @ForAll boolean nested,
      @ForAll @Size(max = 4) Set<@IntRange(max = 70) Integer> crashes) {
    EarlierClasses earlier = nested ? EarlierClasses.inMemory() : EarlierClasses.none();
    assertThat(faults(settings(k, conditions), earlier, stream.events(), crashes)).isEmpty();
  }

  /** A class that refuses an event is no reason to forget those of other epochs. */
  @Property(tries = 2000)
  void classesOfNestedEpochsAreAChainWithConditionsToo(
      @ForAll("streams") Streams.Stream stream,
      @ForAll("conditions") List<SensitiveCondition> conditions,
      @ForAll @Size(max = 4) Set<@IntRange(max = 70) Integer> crashes) {
    Run run = Run.of(settings(2, conditions), EarlierClasses.inMemory(), stream.events(), crashes);
    assertThat(Checker.unnested(stream.events(), run)).isEmpty();
  }

  @Property
  void allElseHoldsAsWithoutConditions(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll("conditions") List<SensitiveCondition> conditions) {
    Run run = Run.of(settings(k, conditions), stream.events());
    assertThat(Checker.faults(k, 1, stream.events(), run)).isEmpty();
  }

  @Property
  void decisionsDoNotDependOnWhatComesLater(
      @ForAll("streams") Streams.Stream stream,
      @ForAll("conditions") List<SensitiveCondition> conditions,
      @ForAll @IntRange(max = 70) int cut) {
    int kept = Math.min(cut, stream.events().size());
    Run whole = Run.of(settings(2, conditions), stream.events());
    Run part = Run.of(settings(2, conditions), stream.events().subList(0, kept));
    assertThat(new Run(part.calls().subList(0, kept)).told())
        .isEqualTo(new Run(whole.calls().subList(0, kept)).told());
  }

  /** One person's event with the finest labels that all share. */
  private static Event event(int number, String person, String value, long arrival, long epoch) {
    return event("aaa", number, person, value, arrival, epoch);
  }

  private static Event event(
      String first, int number, String person, String value, long arrival, long epoch) {
    List<List<String>> chains =
        List.of(
            Streams.HIERARCHIES.get(0).chain(first),
            Streams.HIERARCHIES.get(1).chain("0"),
            Streams.HIERARCHIES.get(2).chain("x"));
    Payload payload = new Payload(new byte[] {(byte) number});
    return new Event(person, epoch, epoch, chains, List.of(value), payload, arrival, arrival + 5);
  }

  private static List<Event> events(String... personsAndValues) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < personsAndValues.length; i += 2) {
      events.add(event(i / 2, personsAndValues[i], personsAndValues[i + 1], i / 2, 0));
    }
    return events;
  }

  private static List<String> told(SensitiveCondition condition, List<Event> events) {
    return Run.of(settings(2, List.of(condition)), events).told().stream()
        .map(told -> told.replaceFirst("\\[.*", ""))
        .toList();
  }

  @Example
  void whoWouldMakeAnOpenCellUniformIsNotReleasedInIt() {
    List<String> told =
        told(
            new EntropyDiversity(1.9),
            events("p1", "1", "p2", "2", "p3", "1", "p4", "2", "p5", "2", "p6", "2"));
    // Two of five are 1.96 values, two of six 1.89. A third 1 with a fourth 2 would still be even.
    assertThat(told)
        .containsExactly(
            "1 Released 0",
            "1 Released 1",
            // At its deadline p3 opens nothing alone; with p4 the cell takes both.
            "3 Released 2",
            "3 Released 3",
            "4 Released 4",
            Long.MAX_VALUE + " Suppressed 5");
  }

  @Example
  void whoseValueChangesUntilAllAreAlikeIsNotReleased() {
    List<String> told =
        told(
            new DistinctDiversity(2),
            events("p1", "1", "p2", "2", "p1", "2", "p1", "1", "p2", "", "p2", "1"));
    assertThat(told)
        .containsExactly(
            "1 Released 0",
            "1 Released 1",
            "3 Released 3",
            "4 Released 4",
            Long.MAX_VALUE + " Suppressed 2",
            Long.MAX_VALUE + " Suppressed 5");
  }

  /** Though the reference has moved away from the cell, the same again tells nothing new of it. */
  @Example
  void recordThatTellsNothingNewOfItsCellIsReleased() {
    TCloseness close = new TCloseness(0.3, new ValueDistance.Equal());
    List<Event> events = events("p1", "1", "p2", "2", "p1", "1", "p2", "1");
    List<Event> moved = new ArrayList<>(events.subList(0, 2));
    for (int i = 0; i < 20; i++) {
      moved.add(event("b", 10 + i, "q" + i, "2", 1, 0));
    }
    moved.add(event(2, "p1", "1", 2, 0));
    moved.add(event(3, "p2", "1", 3, 0));
    List<String> told = told(close, moved);
    assertThat(told).contains("2 Released 2").doesNotContain("3 Released 3");
  }

  @Example
  void referenceIsOfTheEpochAlone() {
    TCloseness close = new TCloseness(0.1, new ValueDistance.Equal());
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(event(10 + i, "q" + i, "2", 1, 0));
    }
    events.add(event(0, "p1", "1", 2, 1));
    events.add(event(1, "p2", "3", 3, 1));
    assertThat(told(close, events)).contains("3 Released 0", "3 Released 1");
  }

  @Example
  void nothingIsKeptOfAnEpochThatIsOver() {
    TCloseness close = new TCloseness(0.5, new ValueDistance.Equal());
    Run.Memory memory = new Run.Memory(EarlierClasses.none());
    AnonymizationEngine engine = memory.engine(settings(2, List.of(close)));
    events("p1", "1", "p2", "2", "p3", "1").forEach(event -> DecisionLog.accept(engine, event));
    assertThat(memory.states()).hasAtLeastOneElementOfType(EngineState.Values.class);
    DecisionLog.accept(engine, event(9, "p4", "", 20, 1));
    DecisionLog.advance(engine, 40);
    assertThat(memory.states()).hasOnlyElementsOfType(EngineState.Closed.class);
  }

  /** What opens with unknown values on its finest level covers known ones of the same people. */
  @Example
  void allThatAnOpeningReleasesIsLookedAt() {
    List<List<String>> unknown =
        List.of(
            Streams.HIERARCHIES.get(0).chain(""),
            Streams.HIERARCHIES.get(1).chain("none"),
            Streams.HIERARCHIES.get(2).chain("x"));
    Payload payload = new Payload(new byte[] {7});
    List<Event> events = new ArrayList<>();
    events.add(new Event("p1", 0, 0, unknown, List.of("2"), payload, 0, 5));
    events.addAll(List.of(event(1, "p1", "1", 1, 0)));
    events.add(new Event("p2", 0, 0, unknown, List.of("1"), new Payload(new byte[] {8}), 2, 7));
    EngineSettings settings = settings(2, List.of(new EntropyDiversity(1.7)));
    assertThat(faults(settings, EarlierClasses.none(), events, Set.of())).isEmpty();
  }

  // The checker must be able to fail.

  private static List<String> checked(SensitiveCondition condition, List<Event> events) {
    ConditionChecker checker = new ConditionChecker(List.of(condition));
    List<Decision> decisions = new ArrayList<>();
    for (Event event : events) {
      checker.came(event);
      decisions.add(new Decision.Released(event, List.of("aaa", "[0..1)", "x"), 0));
    }
    checker.decided(decisions);
    return checker.faults();
  }

  @Example
  void checkerSeesEachConditionBroken() {
    List<Event> skewed = events("p1", "1", "p2", "1", "p3", "1", "p4", "2");
    assertThat(checked(new DistinctDiversity(2), skewed)).isEmpty();
    assertThat(checked(new DistinctDiversity(3), skewed)).hasSize(2);
    assertThat(checked(new EntropyDiversity(1.7), skewed)).isEmpty();
    assertThat(checked(new EntropyDiversity(1.8), skewed)).hasSize(2);
    List<Event> alike = events("p1", "1", "p2", "2", "p1", "2");
    assertThat(checked(new DistinctDiversity(2), alike)).hasSize(1);
  }

  @Example
  void checkersDistancesAreThoseOfThePaper() {
    List<String> all = List.of("3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(ConditionChecker.distance(new ValueDistance.Numeric(), List.of("3", "4", "5"), all))
        .isCloseTo(0.375, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(ConditionChecker.distance(new ValueDistance.Numeric(), List.of("6", "8", "11"), all))
        .isCloseTo(1 / 6.0, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(ConditionChecker.distance(new ValueDistance.Equal(), List.of("3", "4", "5"), all))
        .isCloseTo(2 / 3.0, org.assertj.core.api.Assertions.within(1e-9));
  }
}
