// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AnonymizationEngineTest {
  @Provide
  Arbitrary<Streams.Stream> streams() {
    return Streams.any();
  }

  private static EngineSettings settings(int k, int diversity) {
    return new EngineSettings(k, Streams.HIERARCHIES, distinct(diversity));
  }

  private static List<List<SensitiveCondition>> distinct(int l) {
    return List.of(l > 1 ? List.of(new SensitiveCondition.DistinctDiversity(l)) : List.of());
  }

  @Property
  void guaranteesHold(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 3) int diversity) {
    Run run = Run.of(settings(k, diversity), stream.events());
    assertThat(Checker.faults(k, diversity, stream.events(), run)).isEmpty();
  }

  /** What people may expect to lose is estimated anew, so that decisions may be others. */
  @Property
  void guaranteesHoldWhateverCrashes(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 3) int diversity,
      @ForAll @Size(max = 8) Set<@IntRange(max = 70) Integer> crashes) {
    Run run = Run.of(settings(k, diversity), stream.events(), crashes);
    assertThat(Checker.faults(k, diversity, stream.events(), run)).isEmpty();
  }

  /** What has been decided when an event comes is the same whatever comes after it. */
  @Property
  void decisionsDoNotDependOnWhatComesLater(
      @ForAll("streams") Streams.Stream stream, @ForAll @IntRange(max = 70) int cut) {
    int kept = Math.min(cut, stream.events().size());
    Run whole = Run.of(settings(3, 2), stream.events());
    Run part = Run.of(settings(3, 2), stream.events().subList(0, kept));
    assertThat(new Run(part.calls().subList(0, kept)).told())
        .isEqualTo(new Run(whole.calls().subList(0, kept)).told());
  }

  @Property(tries = 200)
  void guaranteesHoldWhereCombinationsAreTooManyToSearch(
      @ForAll("digits") List<String> digits, @ForAll @IntRange(min = 1, max = 3) int diversity) {
    List<Integer> lengths = IntStream.rangeClosed(1, 17).map(i -> 18 - i).boxed().toList();
    Hierarchy prefix = Hierarchies.of(new HierarchyConfig.Prefix(lengths), Path.of(""));
    EngineSettings settings =
        new EngineSettings(3, List.of(prefix, prefix, prefix, prefix), distinct(diversity));
    List<Event> events = new ArrayList<>();
    for (int i = 0; i + 3 < digits.size(); i++) {
      List<List<String>> chains = digits.subList(i, i + 4).stream().map(prefix::chain).toList();
      Payload payload = new Payload(new byte[] {(byte) i});
      events.add(
          new Event("p" + i % 9, 0, 0, chains, List.of(String.valueOf(i % 4)), payload, i, i + 10));
    }
    Run run = Run.of(settings, events);
    assertThat(Checker.faults(3, diversity, events, run)).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> digits() {
    return Arbitraries.strings().withChars("01").ofLength(17).list().ofSize(60);
  }

  @Example
  void cellIsFoundAmongManyCombinationsToo() {
    Hierarchy prefix =
        Hierarchies.of(
            new HierarchyConfig.Prefix(
                IntStream.rangeClosed(1, 20).map(i -> 21 - i).boxed().toList()),
            Path.of(""));
    EngineSettings settings =
        new EngineSettings(2, List.of(prefix, prefix, prefix, prefix), List.of());
    List<Event> events = new ArrayList<>();
    for (String value : List.of("0000", "0001", "1111")) {
      List<String> chain = prefix.chain(value + "0".repeat(16));
      events.add(
          new Event(
              value,
              0,
              0,
              List.of(chain, chain, chain, chain),
              List.of(),
              new Payload(new byte[] {(byte) events.size()}),
              0,
              5));
    }
    String label = "000" + "*".repeat(17);
    List<String> cell = List.of(label, label, label, label);
    assertThat(Run.of(settings, events).told())
        .containsExactly(
            Long.MAX_VALUE + " Released 0" + cell,
            Long.MAX_VALUE + " Released 1" + cell,
            Long.MAX_VALUE + " Suppressed 2");
  }

  /** One student's three scores do not hide the one score that all share. */
  @Example
  void personWithManyValuesMakesACellNoMoreDiverse() {
    List<Event> events = new ArrayList<>(valued("p1", "1", "2", "3"));
    events.addAll(valued("p2", "1"));
    assertThat(Run.of(settings(2, 2), events).told())
        .noneMatch(told -> told.startsWith("0 Released"));
    events.addAll(valued("p3", "2"));
    assertThat(Run.of(settings(2, 2), events).told())
        .filteredOn(told -> told.startsWith("0 Released"))
        .hasSize(5);
  }

  private static List<Event> valued(String person, String... values) {
    return with("aaa", person).stream()
        .flatMap(
            event ->
                Stream.of(values)
                    .map(
                        value ->
                            new Event(
                                person,
                                0,
                                0,
                                event.chains(),
                                List.of(value),
                                event.payload(),
                                event.arrival(),
                                event.deadline())))
        .toList();
  }

  // The checker must be able to fail.

  @Example
  void checkerCountsAPersonForOneValue() {
    List<Event> events = new ArrayList<>(valued("p1", "1", "2"));
    events.addAll(valued("p2", "1"));
    assertThat(Checker.faults(2, 2, events, Run.of(settings(2, 1), events)))
        .contains("opened with 1 distinct values");
  }

  @Example
  void checkerSeesACellThatOpensForTooFew() {
    List<Event> events = alike("p1", "p2");
    assertThat(Checker.faults(3, 1, events, Run.of(settings(2, 1), events)))
        .containsExactly("opened for 2");
  }

  @Example
  void checkerSeesACellThatOpensWithTooFewValues() {
    List<Event> events = alike("p1", "p2");
    assertThat(Checker.faults(2, 2, events, Run.of(settings(2, 1), events)))
        .containsExactly("opened with 1 distinct values");
  }

  @Example
  void checkerSeesWhatIsLostAndWhatIsLate() {
    List<Event> events = alike("p1", "p2");
    assertThat(Checker.faults(2, 1, events, new Run(List.of())))
        .containsExactly("never decided", "never decided");
    Run slow =
        new Run(
            List.of(
                new Run.Call(0, List.of()),
                new Run.Call(0, List.of()),
                new Run.Call(5, List.of()),
                new Run.Call(
                    6,
                    List.of(
                        new Decision.Suppressed(events.get(0)),
                        new Decision.Suppressed(events.get(1))))));
    assertThat(Checker.faults(2, 1, events, slow)).contains("held beyond its deadline");
  }

  @Example
  void checkerSeesAClassThatDoesNotContainTheOneBefore() {
    List<Event> events = alike("p1", "p2", "p1", "p2");
    List<String> fine = List.of("aaa", "[0..1)", "x");
    List<String> coarse = List.of("aa*", "[0..1)", "x");
    Run narrowing =
        new Run(
            List.of(
                new Run.Call(0, List.of()),
                new Run.Call(
                    0,
                    List.of(
                        new Decision.Released(events.get(0), coarse, 0),
                        new Decision.Released(events.get(1), coarse, 0))),
                new Run.Call(0, List.of()),
                new Run.Call(
                    0,
                    List.of(
                        new Decision.Released(events.get(2), fine, 0),
                        new Decision.Released(events.get(3), fine, 0)))));
    List<Event> others = new ArrayList<>(events);
    others.addAll(with("aab", "p9"));
    assertThat(Checker.faults(2, 1, others, narrowing))
        .contains("a class does not contain the one before");
  }

  private static List<Event> alike(String... people) {
    return with("aaa", people);
  }

  private static List<Event> with(String value, String... people) {
    List<Event> events = new ArrayList<>();
    for (String person : people) {
      List<List<String>> chains =
          List.of(
              Streams.HIERARCHIES.get(0).chain(value),
              Streams.HIERARCHIES.get(1).chain("0"),
              Streams.HIERARCHIES.get(2).chain("x"));
      events.add(new Event(person, 0, 0, chains, List.of("1"), new Payload(new byte[] {0}), 0, 5));
    }
    return events;
  }
}
