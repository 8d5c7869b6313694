// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.anonymize.engine.RegionsRun.Plan;
import io.cloister.anonymize.engine.RegionsRun.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RegionsTest {
  private static final long DELAY = 10;

  @Provide
  Arbitrary<Streams.Stream> streams() {
    return Arbitraries.oneOf(
        Streams.any(), Streams.any(new Epochs(Duration.ofMillis(14), Duration.ofMillis(20))));
  }

  private static EngineSettings settings(int k) {
    return new EngineSettings(k, Streams.HIERARCHIES, List.of(List.of()));
  }

  @Property(tries = 2000)
  void guaranteesHoldOverManyTinyRegions(
      @ForAll("streams") Streams.Stream stream,
      @ForAll @IntRange(min = 2, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 3) int tasks,
      @ForAll @IntRange(min = 1, max = 6) int regions,
      @ForAll @IntRange(max = 6) int hop,
      @ForAll boolean nested,
      @ForAll @Size(max = 6) Set<@IntRange(max = 120) Integer> crashes) {
    long reserve = SecondChance.reserveOf(stream.delay());
    Plan plan = new Plan(tasks, regions, hop, reserve, nested, crashes);
    long late = Math.max(0, hop - SecondChance.leastOf(reserve));
    List<Step> steps = RegionsRun.of(settings(k), stream.events(), plan);
    assertThat(RegionsChecker.faults(k, nested, late, stream.events(), steps)).isEmpty();
  }

  private final List<String> told = new ArrayList<>();

  private final Regions<String> regions =
      new Regions<>(
          settings(3),
          Pace.SPREAD,
          region -> Journal.none(),
          region -> EarlierClasses.none(),
          region -> new DecisionLog(decision -> tell(region, decision)),
          Map.of(),
          Optional.of(new SecondChance<>("*", DELAY / 2, true)));

  private void send(long now, String region, String person, String value) {
    List<List<String>> chains =
        List.of(
            Streams.HIERARCHIES.get(0).chain(value),
            Streams.HIERARCHIES.get(1).chain("none"),
            Streams.HIERARCHIES.get(2).chain("x"));
    regions.accept(
        region,
        new Event(
            person, 0, 0, chains, List.of(""), new Payload(new byte[] {0}), now, now + DELAY));
  }

  private void tell(String region, Decision decision) {
    told.add(region + " " + decision.getClass().getSimpleName() + " " + decision.event().person());
  }

  @Example
  void peopleOfThreeSmallRegionsAreReleasedTogether() {
    send(0, "a", "p1", "aaa");
    send(0, "b", "p2", "aaa");
    send(0, "c", "p3", "aaa");
    regions.advance(4);
    assertThat(told).isEmpty();
    regions.advance(5);
    assertThat(told).containsExactly("* Released p1", "* Released p2", "* Released p3");
  }

  @Example
  void whoMovedStaysInTheSecondChanceThoughTheRegionHasGrown() {
    peopleOfThreeSmallRegionsAreReleasedTogether();
    told.clear();
    send(6, "a", "p4", "aaa");
    send(6, "a", "p5", "aaa");
    send(6, "a", "p1", "aaa");
    assertThat(told).containsExactly("* Released p1");
    send(6, "a", "p6", "aaa");
    assertThat(told)
        .containsExactly("* Released p1", "a Released p4", "a Released p5", "a Released p6");
  }

  @Example
  void whoHasAClassAtHomeNeverMoves() {
    for (String person : List.of("p1", "p2", "p3")) {
      send(0, "a", person, "aaa");
    }
    told.clear();
    send(1, "a", "p1", "bbb");
    regions.advance(10);
    assertThat(told).isEmpty();
    regions.advance(11);
    assertThat(told).containsExactly("a Suppressed p1");
  }

  @Example
  void whatFindsNobodyInTheSecondChanceEitherIsSuppressedAtItsDeadline() {
    send(0, "a", "p1", "aaa");
    send(0, "b", "p2", "aaa");
    regions.advance(9);
    assertThat(told).isEmpty();
    regions.advance(10);
    assertThat(told).containsExactly("* Suppressed p1", "* Suppressed p2");
    assertThat(regions.held()).isZero();
  }

  @Example
  void kPeopleAtHomeOpenACellBeforeAnyoneLeaves() {
    send(0, "a", "p1", "aaa");
    send(0, "a", "p2", "aab");
    send(0, "a", "p3", "aba");
    regions.advance(3);
    assertThat(told).isEmpty();
    regions.advance(4);
    assertThat(told).containsExactly("a Released p1", "a Released p2", "a Released p3");
  }

  // The checker must be able to fail.

  @Example
  void checkerSeesAPersonWithClassesInTwoRegions() {
    List<Event> events = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<String> cell = List.of("aaa", "[0..1)", "x");
    for (String region : List.of("r0", "*")) {
      for (String person : List.of("p1", "p2")) {
        Event event =
            new Event(
                person,
                0,
                0,
                List.of(
                    Streams.HIERARCHIES.get(0).chain("aaa"),
                    Streams.HIERARCHIES.get(1).chain("0"),
                    Streams.HIERARCHIES.get(2).chain("x")),
                List.of(""),
                new Payload(new byte[] {0}),
                0,
                5);
        events.add(event);
        int call = region.length();
        steps.add(new Step(0, call, region, event, Optional.empty()));
        steps.add(
            new Step(0, call, region, event, Optional.of(new Decision.Released(event, cell, 0))));
      }
    }
    assertThat(RegionsChecker.faults(2, false, 0, events, steps))
        .containsOnly("classes in two regions")
        .hasSize(2);
  }
}
