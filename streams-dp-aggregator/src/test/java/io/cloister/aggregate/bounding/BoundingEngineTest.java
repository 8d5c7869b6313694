// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.error.InputException;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BoundingEngineTest {
  private static final String HOURLY =
      """
      group-by: [course]
      groups: { declared: [a, b, c] }
      window: { tumbling: PT1H, grace: PT10M }
      consumers: { dean: { epsilon: 1 } }
      """;

  private final RecordCounts counts = new RecordCounts(new SimpleMeterRegistry(), "test");
  private final BoundingState state = BoundingState.onHeap();
  private final List<WindowPartial> sent = new ArrayList<>();

  @Test
  void aPersonCountsOnceInAGroupAndInTheFirstGroupsAlone() {
    BoundingEngine engine =
        engine("measure: { count-people: {} }\nbounds: { groups-per-person: 2 }\n" + HOURLY);

    for (String course : List.of("a", "a", "b", "c", "a")) {
      accept(engine, "ann", course, "10:05", "10:05");
    }
    accept(engine, "bob", "c", "10:06", "10:06");
    close(engine, "11:10");

    assertThat(sums("10:00")).containsExactlyInAnyOrderEntriesOf(sums(1, 1, 1));
    assertThat(counts.total(Outcome.OUT_OF_BOUNDS)).isEqualTo(1);
  }

  @Test
  void aPersonsContributionsToAGroupAreBounded() {
    BoundingEngine engine =
        engine("measure: { count: {} }\nbounds: { contributions-per-group: 3 }\n" + HOURLY);

    for (int i = 0; i < 7; i++) {
      accept(engine, "ann", "b", "10:05", "10:05");
    }
    accept(engine, "bob", "b", "10:05", "10:05");
    close(engine, "11:10");

    assertThat(sums("10:00")).isEqualTo(Map.of(1, BigInteger.valueOf(4)));
    assertThat(counts.total(Outcome.OUT_OF_BOUNDS)).isEqualTo(4);
  }

  @Test
  void valuesAreClampedThenRoundedHalfEven() {
    BoundingEngine engine =
        engine(
            "measure: { sum: { field: score, clamp: [-1, 10.5], scale: 1 } }\n"
                + "bounds: { contributions-per-group: 9 }\n"
                + HOURLY);

    for (String score : List.of("0.05", "0.15", "-7", "1e30", "\"2.04\"")) {
      accept(engine, "ann", "a", "10:05", "10:05", ", \"score\": " + score);
    }
    accept(engine, "ann", "a", "10:05", "10:05", ", \"score\": \"much\"");
    accept(engine, "ann", "a", "10:05", "10:05");
    close(engine, "11:10");

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.valueOf(0 + 2 - 10 + 105 + 20)));
    assertThat(counts.total(Outcome.UNUSABLE)).isEqualTo(2);
  }

  @Test
  void recordsOfUndeclaredGroupsCountNowhereAndUseUpNoBound() {
    BoundingEngine engine = engine("measure: { count-people: {} }\n" + HOURLY);

    accept(engine, "ann", "x", "10:05", "10:05");
    accept(engine, "ann", "a", "10:05", "10:05");
    close(engine, "11:10");

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.ONE));
    assertThat(counts.total(Outcome.UNUSABLE)).isEqualTo(1);
  }

  @Test
  void aGroupCanBeAFixedLevelOfAHierarchy() {
    BoundingEngine engine =
        engine(
            """
            measure: { count-people: {} }
            group-by: [{ field: postal, level: 1 }]
            groups: { declared: ["902**", "100**"] }
            window: { tumbling: PT1H }
            consumers: { dean: { epsilon: 1 } }
            """);

    accept(engine, "ann", "a", "10:05", "10:05", ", \"postal\": \"90210\"");
    accept(engine, "bob", "a", "10:05", "10:05", ", \"postal\": \"90245\"");
    accept(engine, "cyd", "a", "10:05", "10:05", ", \"postal\": \"30001\"");
    close(engine, "11:00");

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.TWO));
  }

  @Test
  void aWindowClosesWhenTheBrokersClockHasPassedItsGraceAndNeverReopens() {
    BoundingEngine engine = engine("measure: { count-people: {} }\n" + HOURLY);

    accept(engine, "ann", "a", "10:59", "10:59");
    accept(engine, "bob", "a", "10:58", "11:09");
    accept(engine, "cyd", "a", "10:57", "11:10");
    accept(engine, "dan", "a", "10:56", "10:00");
    engine.send(10, sent::add);

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.TWO));
    assertThat(counts.total(Outcome.LATE)).isEqualTo(2);
    engine.send(10, sent::add);
    assertThat(sent).hasSize(1);
  }

  @Test
  void noEventTimeMovesTheWallClock() {
    BoundingEngine engine = engine("measure: { count-people: {} }\n" + HOURLY);

    accept(engine, "ann", "a", "10:05", "10:05");
    accept(engine, "mal", "a", "23:59", "10:05");
    accept(engine, "bob", "a", "10:06", "10:06");
    engine.send(10, sent::add);

    assertThat(sent).isEmpty();
    assertThat(counts.total(Outcome.LATE)).isZero();
  }

  @Test
  void onTheStreamClockTheNewestEventClosesWindows() {
    BoundingEngine engine =
        engine(
            "measure: { count-people: {} }\n"
                + HOURLY.replace("grace: PT10M", "grace: PT10M, clock: stream"));

    accept(engine, "ann", "a", "10:05", "20:00");
    accept(engine, "bob", "a", "11:10", "20:00");
    accept(engine, "cyd", "a", "10:06", "20:00");
    engine.send(10, sent::add);

    assertThat(sent).hasSize(2);
    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.ONE));
    assertThat(counts.total(Outcome.LATE)).isEqualTo(1);
  }

  @Test
  void onTheWallClockNoRecordBeginsAQuery() {
    BoundingEngine engine = notBegun("measure: { count-people: {} }\n" + HOURLY);
    accept(engine, "ann", "a", "12:05", "12:05");
    assertThat(size(state.progress())).isZero();

    engine.begin(time("10:59"));
    engine.begin(time("11:01"));
    close(engine, "13:10");

    assertThat(sent)
        .extracting(partial -> partial.window() - time("00:00") / 3_600_000)
        .containsExactly(10L, 11L, 12L);
  }

  @Test
  void anEventThatWouldCloseTooManyWindowsOnTheStreamClockIsRefused() {
    BoundingEngine engine =
        engine(
            "measure: { count-people: {} }\n"
                + HOURLY.replace("grace: PT10M", "grace: PT10M, clock: stream"));
    long first = time("10:05");
    long most = first + BoundingEngine.MAX_WINDOWS_AT_ONCE * 3_600_000L;
    acceptAt(engine, first);
    acceptAt(engine, most);

    assertThatThrownBy(() -> acceptAt(engine, most + 100_002 * 3_600_000L))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("query asked")
        .hasMessageContaining("100000")
        .hasMessageNotContaining(Long.toString(most + 100_002 * 3_600_000L));
  }

  private static void acceptAt(BoundingEngine engine, long time) {
    engine.accept(
        new byte[1],
        Pipelines.json("{\"time\": " + time + ", \"course\": \"a\"}"),
        OptionalLong.empty());
  }

  @Test
  void everyWindowSinceTheFirstIsSentEmptyOrNotAndNoneBefore() {
    BoundingEngine engine = engine("measure: { count-people: {} }\n" + HOURLY);

    accept(engine, "ann", "a", "08:59", "10:05");
    engine.idle(time("14:10"));

    assertThat(engine.send(3, sent::add)).isTrue();
    assertThat(engine.send(3, sent::add)).isFalse();
    assertThat(sent)
        .extracting(partial -> Instant.ofEpochSecond(partial.window() * 3600).toString())
        .containsExactly(
            "2026-01-01T10:00:00Z",
            "2026-01-01T11:00:00Z",
            "2026-01-01T12:00:00Z",
            "2026-01-01T13:00:00Z");
    assertThat(counts.total(Outcome.LATE)).isEqualTo(1);
  }

  @Test
  void aWindowStaysClosedThoughItWasNotSentYet() {
    BoundingEngine engine = engine("measure: { count-people: {} }\n" + HOURLY);
    accept(engine, "ann", "a", "10:05", "10:05");
    engine.idle(time("14:10"));

    BoundingEngine restarted = engine("measure: { count-people: {} }\n" + HOURLY);
    accept(restarted, "bob", "a", "10:05", "10:06");
    restarted.send(10, sent::add);

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.ONE));
    assertThat(counts.total(Outcome.LATE)).isEqualTo(1);
  }

  @Test
  void stateSurvivesARestartAndLeavesWithItsWindow() {
    String query = "measure: { count-people: {} }\n" + HOURLY;
    accept(engine(query), "ann", "a", "10:05", "10:05");

    BoundingEngine restarted = engine(query);
    accept(restarted, "ann", "b", "10:06", "10:06");
    accept(restarted, "bob", "b", "11:06", "11:06");
    close(restarted, "11:10");

    assertThat(sums("10:00")).isEqualTo(Map.of(0, BigInteger.ONE));
    assertThat(size(state.contributions())).isEqualTo(1);
    assertThat(size(state.sums())).isEqualTo(1);
  }

  @Test
  void theStateOfAQueryThatIsGoneIsDeleted() {
    accept(engine("measure: { count-people: {} }\n" + HOURLY), "ann", "a", "10:05", "10:05");

    notBegun("measure: { count: {} }\n" + HOURLY);

    assertThat(size(state.contributions())).isZero();
    assertThat(size(state.sums())).isZero();
    assertThat(size(state.progress())).isZero();
  }

  @Test
  void queriesAreSentInTheOrderInWhichTheirWindowsClose() {
    AggregatePlan plan =
        Pipelines.plan(
            """
            aggregate:
              budget: { epsilon: 9, period: P30D }
              consumers: { dean: { epsilon: 9 } }
              queries:
                late: { measure: { count: {} }, window: { tumbling: PT1H, grace: PT20M },
                        groups: {}, consumers: { dean: { epsilon: 1 } } }
                soon: { measure: { count: {} }, window: { tumbling: PT1H },
                        groups: {}, consumers: { dean: { epsilon: 1 } } }
            """);
    BoundingEngine engine = new BoundingEngine(plan, 0, state, counts);
    engine.begin(time("10:05"));
    engine.idle(time("12:30"));

    engine.send(10, sent::add);

    assertThat(sent)
        .extracting(WindowPartial::query)
        .containsExactly(
            plan.queries().get(1).digest(),
            plan.queries().get(0).digest(),
            plan.queries().get(1).digest(),
            plan.queries().get(0).digest());
  }

  @Test
  void aRecordWithoutPersonOrTimeCountsNowhere() {
    BoundingEngine engine = engine("measure: { count: {} }\n" + HOURLY);

    engine.accept(
        new byte[0],
        Pipelines.json("{\"time\": \"2026-01-01T10:00:00Z\", \"course\": \"a\"}"),
        OptionalLong.of(time("10:05")));
    engine.accept(
        new byte[1], Pipelines.json("{\"course\": \"a\"}"), OptionalLong.of(time("10:05")));
    close(engine, "11:10");

    assertThat(sums("10:00")).isEmpty();
    assertThat(counts.total(Outcome.UNUSABLE)).isEqualTo(2);
  }

  private BoundingEngine engine(String query) {
    BoundingEngine engine = notBegun(query);
    engine.begin(time("10:00"));
    return engine;
  }

  private BoundingEngine notBegun(String query) {
    return new BoundingEngine(Pipelines.plan(Pipelines.oneQuery(query)), 3, state, counts);
  }

  private static void accept(
      BoundingEngine engine, String person, String course, String time, String arrival) {
    accept(engine, person, course, time, arrival, "");
  }

  private static void accept(
      BoundingEngine engine,
      String person,
      String course,
      String time,
      String arrival,
      String more) {
    engine.accept(
        person.getBytes(StandardCharsets.UTF_8),
        Pipelines.json(
            "{\"time\": \"2026-01-01T"
                + time
                + ":00Z\", \"course\": \""
                + course
                + "\""
                + more
                + "}"),
        OptionalLong.of(time(arrival)));
  }

  private void close(BoundingEngine engine, String clock) {
    engine.idle(time(clock));
    engine.send(100, sent::add);
  }

  private Map<Integer, BigInteger> sums(String start) {
    long window = time(start) / 3_600_000;
    List<WindowPartial> found =
        sent.stream().filter(partial -> partial.window() == window).toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).partition()).isEqualTo(3);
    return found.get(0).sums();
  }

  private static Map<Integer, BigInteger> sums(long a, long b, long c) {
    return Map.of(0, BigInteger.valueOf(a), 1, BigInteger.valueOf(b), 2, BigInteger.valueOf(c));
  }

  private static int size(KeyValues store) {
    return store.entries(new byte[0], new byte[0], Integer.MAX_VALUE).size();
  }

  private static long time(String clock) {
    return Instant.parse("2026-01-01T" + clock + ":00Z").toEpochMilli();
  }
}
