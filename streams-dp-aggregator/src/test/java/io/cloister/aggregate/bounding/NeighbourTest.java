// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.common.metrics.RecordCounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Removing a person changes the true figures of a window, all groups together, by no more than the
 * declared sensitivity, and changes nothing about which figures there are. Each planted fault is
 * one that the same check finds.
 */
class NeighbourTest {
  private static final int TRIALS = 200;
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final String QUERY =
      """
      measure: MEASURE
      group-by: [course]
      groups: { declared: [a, b, c] }
      window: { tumbling: PT1H, grace: PT10M, clock: CLOCK }
      bounds: { groups-per-person: L0, contributions-per-group: LINF }
      consumers: { dean: { epsilon: 1 } }
      """;

  private record Event(String person, ObjectNode tree, long arrival) {}

  @Property(tries = 100)
  void removingAPersonChangesSumsByNoMoreThanTheSensitivity(@ForAll long seed) {
    AggregatePlan plan = plan("{ sum: { field: score, clamp: [-3, 7] } }", "wall", 2, 2);

    assertThat(excess(plan, plan, seed)).isLessThanOrEqualTo(0);
  }

  @Property(tries = 100)
  void removingAPersonChangesCountsByNoMoreThanTheSensitivity(@ForAll long seed) {
    AggregatePlan plan = plan("{ count: {} }", "wall", 2, 3);

    assertThat(excess(plan, plan, seed)).isLessThanOrEqualTo(0);
  }

  @Property(tries = 100)
  void removingAPersonChangesPeopleByNoMoreThanTheSensitivity(@ForAll long seed) {
    AggregatePlan plan = plan("{ count-people: {} }", "wall", 2, 1);

    assertThat(excess(plan, plan, seed)).isLessThanOrEqualTo(0);
  }

  @Property(tries = 100)
  void removingAPersonNeverChangesWhichWindowsAreReleased(@ForAll long seed) {
    AggregatePlan plan = plan("{ count: {} }", "wall", 1, 1);
    List<Event> events = events(new Random(seed));

    assertThat(figures(plan, without("p0", events)).keySet())
        .isEqualTo(figures(plan, events).keySet());
  }

  @Property(tries = 20)
  void noRecordDecidesWhichWindowComesFirst(@ForAll long seed) {
    AggregatePlan plan = plan("{ count: {} }", "wall", 1, 1);
    List<Event> events = events(new Random(seed));
    long first = START / 3_600_000;

    assertThat(figures(plan, events).keySet()).contains(first, first + 5);
    assertThat(figures(plan, List.of()).keySet())
        .containsExactlyInAnyOrder(first, first + 1, first + 2, first + 3, first + 4, first + 5);
  }

  @Test
  void theSensitivityIsReached() {
    AggregatePlan plan = plan("{ sum: { field: score, clamp: [-3, 7] } }", "wall", 2, 2);

    assertThat(worst(plan, plan)).isZero();
  }

  @Test
  void aForgottenBoundOnGroupsIsFound() {
    AggregatePlan enforced = plan("{ count-people: {} }", "wall", 3, 1);
    AggregatePlan declared = plan("{ count-people: {} }", "wall", 1, 1);

    assertThat(worst(enforced, declared)).isPositive();
  }

  @Test
  void aBoundOnContributionsThatIsOffByOneIsFound() {
    AggregatePlan enforced = plan("{ count: {} }", "wall", 2, 4);
    AggregatePlan declared = plan("{ count: {} }", "wall", 2, 3);

    assertThat(worst(enforced, declared)).isPositive();
  }

  @Test
  void aClampThatIsOffByOneIsFound() {
    AggregatePlan enforced = plan("{ sum: { field: score, clamp: [-3, 8] } }", "wall", 2, 2);
    AggregatePlan declared = plan("{ sum: { field: score, clamp: [-3, 7] } }", "wall", 2, 2);

    assertThat(worst(enforced, declared)).isPositive();
  }

  @Test
  void aSensitivityByTheDistanceOfTheClampsIsFound() {
    AggregatePlan enforced = plan("{ sum: { field: score, clamp: [5, 7] } }", "wall", 1, 1);
    AggregatePlan declared = plan("{ sum: { field: score, clamp: [0, 2] } }", "wall", 1, 1);

    assertThat(worst(enforced, declared)).isPositive();
  }

  @Test
  void aClockThatEventsMoveIsFound() {
    AggregatePlan plan = plan("{ count: {} }", "stream", 1, 1);

    assertThat(worst(plan, plan)).isPositive();
  }

  @Test
  void aGroupThatIsLeftOutWhenEmptyIsFound() {
    AggregatePlan plan = plan("{ count: {} }", "wall", 1, 1);
    boolean found = false;
    for (int seed = 0; seed < TRIALS && !found; seed++) {
      List<Event> events = events(new Random(seed));
      found = !nonEmpty(plan, events).equals(nonEmpty(plan, without("p0", events)));
    }

    assertThat(found).isTrue();
  }

  /** What a releaser would publish that leaves out empty groups. */
  private static Set<String> nonEmpty(AggregatePlan plan, List<Event> events) {
    Set<String> found = new HashSet<>();
    figures(plan, events)
        .forEach((window, sums) -> sums.keySet().forEach(group -> found.add(window + "/" + group)));
    return found;
  }

  private static long worst(AggregatePlan enforced, AggregatePlan declared) {
    long worst = Long.MIN_VALUE;
    for (int seed = 0; seed < TRIALS; seed++) {
      worst = Math.max(worst, excess(enforced, declared, seed));
    }
    return worst;
  }

  /** By how much the change of any window is above what is declared. */
  private static long excess(AggregatePlan enforced, AggregatePlan declared, long seed) {
    List<Event> events = events(new Random(seed));
    Map<Long, Map<Integer, BigInteger>> with = figures(enforced, events);
    Map<Long, Map<Integer, BigInteger>> without = figures(enforced, without("p0", events));
    Set<Long> windows = new HashSet<>(with.keySet());
    windows.addAll(without.keySet());
    BigInteger worst = BigInteger.ZERO;
    for (long window : windows) {
      BigInteger change = BigInteger.ZERO;
      for (int group = 0; group < 3; group++) {
        BigInteger a = with.getOrDefault(window, Map.of()).getOrDefault(group, BigInteger.ZERO);
        BigInteger b = without.getOrDefault(window, Map.of()).getOrDefault(group, BigInteger.ZERO);
        change = change.add(a.subtract(b).abs());
      }
      worst = worst.max(change);
    }
    return worst.subtract(declared.queries().get(0).sensitivity()).longValueExact();
  }

  private static Map<Long, Map<Integer, BigInteger>> figures(
      AggregatePlan plan, List<Event> events) {
    BoundingEngine engine =
        new BoundingEngine(
            plan, 0, BoundingState.onHeap(), new RecordCounts(new SimpleMeterRegistry(), "test"));
    Map<Long, Map<Integer, BigInteger>> figures = new HashMap<>();
    engine.begin(START);
    for (Event event : events) {
      engine.accept(
          event.person().getBytes(StandardCharsets.UTF_8),
          event.tree(),
          OptionalLong.of(event.arrival()));
      engine.send(10, partial -> figures.put(partial.window(), partial.sums()));
    }
    engine.idle(START + 6 * 3_600_000L);
    engine.closeThrough(START, START + 5 * 3_600_000L);
    engine.send(100, partial -> figures.put(partial.window(), partial.sums()));
    return figures;
  }

  private static List<Event> without(String person, List<Event> events) {
    return events.stream().filter(event -> !event.person().equals(person)).toList();
  }

  /** Few people with much to say, up to 20 minutes late or early, some time after the start. */
  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    long arrival = START + random.nextInt(7_200_000);
    for (int i = 0; i < 60; i++) {
      arrival += random.nextInt(300_000);
      long time = arrival - 1_200_000 + random.nextInt(2_400_000);
      ObjectNode tree =
          Pipelines.json("{}")
              .put("time", time)
              .put("course", random.nextInt(10) == 0 ? "x" : "abc".charAt(random.nextInt(3)) + "")
              .put("score", random.nextInt(40) - 15);
      events.add(new Event("p" + random.nextInt(4), tree, arrival));
    }
    return events;
  }

  private static AggregatePlan plan(String measure, String clock, int groups, int contributions) {
    return Pipelines.plan(
        Pipelines.oneQuery(
            QUERY
                .replace("MEASURE", measure)
                .replace("CLOCK", clock)
                .replace("L0", "" + groups)
                .replace("LINF", "" + contributions)));
  }
}
