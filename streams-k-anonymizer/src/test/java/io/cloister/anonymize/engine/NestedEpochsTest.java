// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Classes of one epoch bind the next, on streams of many short epochs with late events. */
class NestedEpochsTest {
  private static final EngineSettings TWO =
      new EngineSettings(2, Streams.HIERARCHIES, List.of(List.of()));

  @Provide
  Arbitrary<Streams.Stream> streams() {
    return Streams.any(new Epochs(Duration.ofMillis(14), Duration.ofMillis(20)));
  }

  private static Run run(EngineSettings settings, List<Event> events, Set<Integer> crashes) {
    return Run.of(settings, EarlierClasses.inMemory(), events, crashes);
  }

  private static EngineSettings settings(int k, int diversity) {
    return new EngineSettings(
        k,
        Streams.HIERARCHIES,
        List.of(
            diversity > 1
                ? List.of(new SensitiveCondition.DistinctDiversity(diversity))
                : List.of()));
  }

  @Property
  void guaranteesHoldInEachEpochAndAcross(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 2) int diversity,
      @ForAll @Size(max = 8) Set<@IntRange(max = 70) Integer> crashes) {
    Run run = run(settings(k, diversity), stream.events(), crashes);
    assertThat(Checker.faults(k, diversity, stream.events(), run)).isEmpty();
    assertThat(Checker.unnested(stream.events(), run)).isEmpty();
  }

  @Property
  void decisionsDoNotDependOnWhatComesLater(
      @ForAll("streams") Streams.Stream stream, @ForAll @IntRange(max = 70) int cut) {
    int kept = Math.min(cut, stream.events().size());
    Run whole = run(settings(2, 2), stream.events(), Set.of());
    Run part = run(settings(2, 2), stream.events().subList(0, kept), Set.of());
    assertThat(new Run(part.calls().subList(0, kept)).told())
        .isEqualTo(new Run(whole.calls().subList(0, kept)).told());
  }

  private static Event event(int number, String person, long epoch, String value, long deadline) {
    List<List<String>> chains =
        List.of(
            Streams.HIERARCHIES.get(0).chain(value),
            Streams.HIERARCHIES.get(1).chain("0"),
            Streams.HIERARCHIES.get(2).chain("x"));
    Payload payload = new Payload(new byte[] {(byte) number});
    return new Event(person, epoch, 0, chains, List.of("1"), payload, number, deadline);
  }

  /** Two people of the class aa*, of whom one could open aaa with a third in the next epoch. */
  private static List<Event> coarseThenFine() {
    List<Event> events = new ArrayList<>();
    events.add(event(0, "ann", 1, "aaa", 2));
    events.add(event(1, "bob", 1, "aab", 2));
    return events;
  }

  @Example
  void personOfACoarseClassOpensNoFinerOneInTheNextEpoch() {
    List<Event> events = coarseThenFine();
    events.add(event(2, "ann", 2, "aaa", 10));
    events.add(event(3, "cid", 2, "aaa", 10));
    assertThat(run(TWO, events, Set.of()).told())
        .filteredOn(told -> told.contains("Released 2") || told.contains("Released 3"))
        .hasSize(2)
        .allMatch(told -> told.contains("[aa*, "));
  }

  /** Whose deadline it is was never here before; the other has a class that must be contained. */
  @Example
  void othersCountForNoCellBelowTheirEarlierClass() {
    List<Event> events = coarseThenFine();
    events.add(event(2, "cid", 2, "aaa", 9));
    events.add(event(3, "ann", 2, "aaa", 10));
    Run run = run(TWO, events, Set.of());
    assertThat(Checker.unnested(events, run)).isEmpty();
    assertThat(run.told())
        .filteredOn(told -> told.contains("Released 2") || told.contains("Released 3"))
        .hasSize(2)
        .allMatch(told -> told.contains("[aa*, "));
  }

  @Example
  void peopleOfOneClassOpenItAgainAtOnce() {
    List<Event> events = coarseThenFine();
    events.add(event(2, "ann", 2, "aaa", 10));
    events.add(event(3, "bob", 2, "aab", 10));
    assertThat(run(TWO, events, Set.of()).told())
        .filteredOn(told -> told.startsWith("3 Released"))
        .hasSize(2);
  }

  /** The class of an epoch stays good for what comes late, though the next has a coarser one. */
  @Example
  void lateEventJoinsItsEpochsClassOrOneThatContainsEveryOther() {
    List<Event> events = new ArrayList<>();
    events.add(event(0, "ann", 1, "aaa", 2));
    events.add(event(1, "bob", 1, "aaa", 2));
    events.add(event(2, "ann", 2, "aab", 4));
    events.add(event(3, "bob", 2, "aab", 4));
    events.add(event(4, "ann", 1, "aaa", 5));
    events.add(event(5, "cid", 1, "aab", 7));
    events.add(event(6, "dan", 1, "aab", 7));
    events.add(event(7, "ann", 1, "aab", 9));
    events.add(event(8, "eva", 1, "aba", 20));
    Run run = run(TWO, events, Set.of());
    assertThat(Checker.unnested(events, run)).isEmpty();
    assertThat(run.told())
        .anyMatch(told -> told.startsWith("4 Released 4[aaa, "))
        .noneMatch(told -> told.contains("Released 7[aab, "));
  }

  @Example
  void checkerSeesClassesThatCross() {
    List<Event> events = coarseThenFine();
    events.add(event(2, "ann", 2, "aaa", 10));
    events.add(event(3, "cid", 2, "aaa", 10));
    assertThat(Checker.unnested(events, Run.of(TWO, events)))
        .contains("a class does not contain one of another epoch");
  }
}
