// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.config.QueryConfig.Clock;
import io.cloister.common.metrics.RecordCounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Queries keep a person's contributions in common, and each counts as if it were alone. */
class SharedContributionsTest {
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final Map<String, String> QUERIES = queries();

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "people", "measure: { count-people: {} }, window: { tumbling: PT1H, clock: CLOCK }");
    queries.put(
        "graced",
        "measure: { count: {} }, window: { tumbling: PT1H, grace: PT30M, clock: CLOCK },"
            + " bounds: { groups-per-person: 2, contributions-per-group: 2 }");
    queries.put(
        "thrice",
        "measure: { count: {} }, window: { tumbling: PT1H, grace: PT10M, clock: CLOCK },"
            + " bounds: { contributions-per-group: 3 }");
    queries.put(
        "longer",
        "measure: { sum: { field: score, clamp: [0, 9] } }, window: { tumbling: PT2H, clock: CLOCK },"
            + " bounds: { groups-per-person: 3 }");
    return queries;
  }

  private final Map<Object, AggregatePlan> plans = new HashMap<>();

  /** A record, or for nobody the clock alone; minutes since the start. */
  private record Step(int person, String course, int score, int minute, int clock, boolean send) {}

  @Property(tries = 300)
  void eachQueryCountsAsIfItWereAlone(
      @ForAll("steps") List<Step> steps,
      @ForAll Clock clock,
      @ForAll boolean file,
      @ForAll boolean restarts) {
    List<String> all = List.copyOf(QUERIES.keySet());

    List<String> together = run(all, clock, steps, file, restarts);

    List<String> apart = new ArrayList<>();
    all.forEach(name -> apart.addAll(run(List.of(name), clock, steps, file, false)));
    assertThat(together).containsExactlyInAnyOrderElementsOf(apart);
  }

  @Property(tries = 100)
  void aQueryThatIsGoneTakesItsContributionsAlong(
      @ForAll("steps") List<Step> steps, @ForAll Clock clock) {
    BoundingState state = BoundingState.onHeap();
    play(
        engine(List.copyOf(QUERIES.keySet()), clock, state),
        steps,
        false,
        Integer.MAX_VALUE,
        new ArrayList<>());
    List<String> left = List.of("graced", "longer");

    engine(left, clock, state);

    BoundingState never = BoundingState.onHeap();
    play(engine(left, clock, never), steps, false, Integer.MAX_VALUE, new ArrayList<>());
    assertThat(texts(state.contributions())).isEqualTo(texts(never.contributions()));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 400);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("a", "b", "c"),
            Arbitraries.integers().between(0, 9),
            minutes,
            minutes,
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  private List<String> run(
      List<String> names, Clock clock, List<Step> steps, boolean file, boolean restarts) {
    BoundingState state = BoundingState.onHeap();
    List<WindowPartial> sent = new ArrayList<>();
    int half = restarts ? steps.size() / 2 : steps.size();
    play(engine(names, clock, state), steps.subList(0, half), file, 3, sent);
    BoundingEngine engine = engine(names, clock, state);
    play(engine, steps.subList(half, steps.size()), file, 3, sent);
    if (file) {
      engine.closeThrough(START, START + 1000 * MINUTE);
    } else {
      engine.idle(START + 1000 * MINUTE);
      Step last = new Step(1, "a", 0, 1000, 1000, true);
      accept(engine, last, false);
    }
    engine.send(Integer.MAX_VALUE, sent::add);
    assertThat(texts(state.contributions()).keySet())
        .as("closed windows leave nothing behind")
        .allSatisfy(key -> assertThat(file).isFalse())
        .hasSizeLessThanOrEqualTo(2);
    return sent.stream()
        .map(partial -> partial.query().hex() + " " + partial.window() + " " + partial.sums())
        .toList();
  }

  private static void play(
      BoundingEngine engine, List<Step> steps, boolean file, int limit, List<WindowPartial> sent) {
    if (!file) {
      engine.begin(START);
    }
    for (Step step : steps) {
      if (step.person() == 0) {
        if (!file) {
          engine.idle(START + step.clock() * MINUTE);
        }
      } else {
        accept(engine, step, file);
      }
      if (step.send()) {
        engine.send(limit, sent::add);
      }
    }
  }

  private static void accept(BoundingEngine engine, Step step, boolean file) {
    String json =
        "{\"time\": %d, \"course\": \"%s\", \"score\": %d}"
            .formatted(START + step.minute() * MINUTE, step.course(), step.score());
    engine.accept(
        ("person" + step.person()).getBytes(StandardCharsets.UTF_8),
        Pipelines.json(json),
        file ? OptionalLong.empty() : OptionalLong.of(START + step.clock() * MINUTE));
  }

  private BoundingEngine engine(List<String> names, Clock clock, BoundingState state) {
    return new BoundingEngine(
        plans.computeIfAbsent(List.of(names, clock), key -> plan(names, clock)),
        0,
        state,
        new RecordCounts(new SimpleMeterRegistry(), "aggregate"));
  }

  private static AggregatePlan plan(List<String> names, Clock clock) {
    String queries =
        names.stream()
            .map(
                name ->
                    "    %s: { %s, group-by: [course], groups: { declared: [a, b, c] },"
                            .formatted(name, QUERIES.get(name))
                        + " consumers: { dean: { epsilon: 1 } } }\n")
            .collect(Collectors.joining());
    return Pipelines.plan(
        """
            aggregate:
              budget: { epsilon: 1000000, period: P30D }
              consumers: { dean: { epsilon: 1000000 } }
              queries:
            """
            + queries.replace("CLOCK", clock.name().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, String> texts(KeyValues store) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (KeyValues.Entry entry : store.entries(new byte[0], new byte[0], Integer.MAX_VALUE)) {
      texts.put(HexFormat.of().formatHex(entry.key()), HexFormat.of().formatHex(entry.value()));
    }
    return texts;
  }
}
