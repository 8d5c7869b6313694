// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.noise.Laplace;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.state.HeapKeyValues;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaserTest {
  private static final String SHARED =
      """
      aggregate:
        budget: { epsilon: 1, period: P30D }
        consumers: { dean: { epsilon: 0.5 }, lab: { epsilon: 1 }, press: { epsilon: 1 } }
        queries:
          active:
            measure: { count-people: {} }
            group-by: [course]
            groups: { declared: [math, art] }
            window: { tumbling: P1D }
            bounds: { groups-per-person: 2 }
            consumers: { dean: { epsilon: 0.3 }, lab: { epsilon: 0.3 }, press: { epsilon: 0.1 } }
      """;

  /** So much epsilon that no noise is left. */
  private static final String EXACT =
      """
      aggregate:
        budget: { epsilon: 1000000, period: P30D }
        consumers: { dean: { epsilon: 1000000 } }
        queries:
          credits:
            measure: { sum: { field: credits, clamp: [0, 100], scale: 2 } }
            group-by: [course]
            groups: { declared: [math, art] }
            window: { tumbling: P1D }
            consumers: { dean: { epsilon: 100000 } }
      """;

  /** Right noise falls below this with one key in 1,000; this key is fixed. */
  private static final double FALSE_ALARM = 1e-3;

  private static final double SURELY_WRONG = 1e-9;

  private final HeapKeyValues ledgerStore = new HeapKeyValues();
  private final HeapKeyValues state = new HeapKeyValues();
  private final List<Published> published = new ArrayList<>();

  @Test
  void aWindowIsReleasedWhenTheLastPartitionHasClosedIt() {
    AggregatePlan plan = Pipelines.plan(EXACT);
    Releaser releaser = releaser(plan, 3, List.of());

    receive(releaser, plan, 0, 7, Map.of(0, 1250L));
    receive(releaser, plan, 0, 8, Map.of());
    receive(releaser, plan, 2, 7, Map.of(0, 3L));
    assertThat(published).isEmpty();
    receive(releaser, plan, 1, 7, Map.of());

    assertThat(answers("dean"))
        .containsExactly(
            "{\"query\":\"credits\",\"consumer\":\"dean\",\"window\":{\"start\":"
                + "\"1970-01-08T00:00:00Z\",\"end\":\"1970-01-09T00:00:00Z\"},\"group\":"
                + "{\"course\":\"math\"},\"value\":12.53,\"interval95\":[12.53,12.53],"
                + "\"mechanism\":\"discrete-laplace\",\"scale\":0.001,\"epsilon\":100000,"
                + "\"delta\":0,\"release\":\"RELEASE\"}",
            "{\"query\":\"credits\",\"consumer\":\"dean\",\"window\":{\"start\":"
                + "\"1970-01-08T00:00:00Z\",\"end\":\"1970-01-09T00:00:00Z\"},\"group\":"
                + "{\"course\":\"art\"},\"value\":0.00,\"interval95\":[0.00,0.00],"
                + "\"mechanism\":\"discrete-laplace\",\"scale\":0.001,\"epsilon\":100000,"
                + "\"delta\":0,\"release\":\"RELEASE\"}",
            "{\"query\":\"credits\",\"consumer\":\"dean\",\"window\":{\"start\":"
                + "\"1970-01-08T00:00:00Z\",\"end\":\"1970-01-09T00:00:00Z\"},"
                + "\"release\":\"RELEASE\",\"charged\":100000,\"remaining\":900000}");
  }

  @Test
  void aPartitionThatBeganLaterHoldsNothingBack() {
    AggregatePlan plan = Pipelines.plan(EXACT);
    Releaser releaser = releaser(plan, 2, List.of());

    receive(releaser, plan, 0, 7, Map.of(0, 1L));
    receive(releaser, plan, 0, 8, Map.of(0, 2L));
    receive(releaser, plan, 0, 9, Map.of(0, 3L));
    receive(releaser, plan, 1, 8, Map.of(0, 4L));

    assertThat(entries()).extracting(LedgerEntry::windowStart).containsExactly(day(7), day(8));
  }

  @Test
  void aPartitionsWordCountsOnce() {
    AggregatePlan plan = Pipelines.plan(EXACT);
    Releaser releaser = releaser(plan, 2, List.of());

    receive(releaser, plan, 0, 7, Map.of(0, 1L));
    receive(releaser, plan, 0, 7, Map.of(0, 1L));
    receive(releaser, plan, 1, 7, Map.of());
    receive(releaser, plan, 1, 7, Map.of(0, 1L));

    assertThat(answers("dean").get(0)).contains("\"value\":0.01,");
    assertThat(entries()).hasSize(1);
  }

  @Test
  void sumsThatWaitSurviveARestart() {
    AggregatePlan plan = Pipelines.plan(EXACT);
    receive(releaser(plan, 2, List.of()), plan, 0, 7, Map.of(0, 1L));

    receive(releaser(plan, 2, List.of()), plan, 1, 7, Map.of(0, 2L));

    assertThat(answers("dean").get(0)).contains("\"value\":0.03,");
  }

  @Test
  void equalEpsilonsShareOneReleaseAndOthersAreReleasesOfTheirOwn() {
    AggregatePlan plan = Pipelines.plan(SHARED);

    receive(releaser(plan, 1, List.of()), plan, 0, 7, Map.of(0, 500L, 1, 300L));

    assertThat(entries()).hasSize(2);
    assertThat(values("dean")).isEqualTo(values("lab"));
    assertThat(values("dean")).isNotEqualTo(values("press"));
    assertThat(answers("dean")).hasSize(3).last().asString().contains("\"remaining\":0.2}");
    assertThat(answers("lab")).last().asString().contains("\"remaining\":0.7}");
    assertThat(answers("press")).last().asString().contains("\"remaining\":0.6}");
  }

  @Test
  void aRefusalSaysWhatWasAskedAndWhatIsLeftAndDependsOnNoData() {
    AggregatePlan plan = Pipelines.plan(SHARED);
    List<List<String>> refusals = new ArrayList<>();
    for (long people : new long[] {0, 5_000}) {
      published.clear();
      Releaser releaser =
          new Releaser(
              plan,
              "test",
              Pipelines.keyset("k"),
              new Ledger(plan.config(), new HeapKeyValues(), List::of),
              new HeapKeyValues(),
              1);
      for (int day = 7; day < 12; day++) {
        receive(releaser, plan, 0, day, Map.of(0, people));
      }
      refusals.add(answers("dean").stream().filter(answer -> answer.contains("refused")).toList());
    }

    assertThat(refusals.get(0)).isEqualTo(refusals.get(1)).hasSize(4);
    assertThat(refusals.get(0).get(0))
        .isEqualTo(
            "{\"query\":\"active\",\"consumer\":\"dean\",\"window\":{\"start\":"
                + "\"1970-01-09T00:00:00Z\",\"end\":\"1970-01-10T00:00:00Z\"},"
                + "\"release\":\"RELEASE\",\"refused\":true,\"requested\":0.3,\"remaining\":0.2}");
  }

  @Test
  void everyReleaseIsChargedOnce() {
    AggregatePlan plan = Pipelines.plan(SHARED);

    Releaser releaser = releaser(plan, 1, List.of());
    for (int day = 7; day < 20; day++) {
      receive(releaser, plan, 0, day, Map.of(0, 1L));
    }

    long charged =
        entries().stream()
            .filter(entry -> entry.kind() == LedgerEntry.Kind.RELEASE)
            .mapToLong(entry -> entry.cost().units())
            .sum();
    assertThat(charged).isEqualTo(1_000_000_000L);
    assertThat(entries()).extracting(LedgerEntry::release).doesNotHaveDuplicates().hasSize(26);
  }

  @Test
  void theSameReleaseComputedAgainIsTheSameByteForByteAndFree() {
    AggregatePlan plan = Pipelines.plan(SHARED);
    receive(releaser(plan, 1, List.of()), plan, 0, 7, Map.of(0, 500L, 1, 300L));
    List<String> before = raw("dean");
    List<LedgerEntry> history = entries();
    published.clear();

    Releaser again = fresh(plan, history);
    receive(again, plan, 0, 7, Map.of(0, 500L, 1, 300L));

    // The ledger knows the window, so the loss of the waiting sums alone repeats nothing.
    assertThat(published).isEmpty();
    Releaser anew = fresh(plan, List.of());
    receive(anew, plan, 0, 7, Map.of(0, 500L, 1, 300L));
    assertThat(raw("dean")).isEqualTo(before);
    assertThat(entries()).isEqualTo(history);
  }

  @Test
  void otherValuesForASealedReleaseAreRefusedAndAudited() {
    AggregatePlan plan = Pipelines.plan(SHARED);
    Releaser first = releaser(plan, 1, List.of());
    first.receive(partial(plan, 0, 7, Map.of(0, 500L)));
    // The state before the release, as a restored backup would bring it back.
    HeapKeyValues kept = copyOfState();
    HeapKeyValues changed = copyOfState();
    first.release(10, published::add);
    List<LedgerEntry> history = entries();
    published.clear();

    Releaser second = restored(plan, kept, history);
    second.release(10, published::add);
    assertThat(raw("dean")).hasSize(3);
    assertThat(entries()).isEmpty();
    published.clear();

    WindowPartial other = partial(plan, 0, 7, Map.of(0, 501L));
    changed
        .entries(new byte[] {'s'}, new byte[0], 1)
        .forEach(entry -> changed.put(entry.key(), other.toBytes()));
    restored(plan, changed, history).release(10, published::add);

    assertThat(published).hasSize(2).allMatch(Published.Entry.class::isInstance);
    assertThat(entries())
        .allSatisfy(entry -> assertThat(entry.kind()).isEqualTo(LedgerEntry.Kind.CONFLICT))
        .extracting(LedgerEntry::release)
        .isEqualTo(history.stream().map(LedgerEntry::release).toList());
  }

  @Test
  void keyDeploymentWindowAndValueEachGiveOtherNoise() {
    AggregatePlan plan = Pipelines.plan(SHARED.replace("epsilon: 0.", "epsilon: 0.00"));
    List<Long> noise = new ArrayList<>();
    noise.add(noise(plan, "campus", "k1", 7, 500));
    noise.add(noise(plan, "campus", "k2", 7, 500));
    noise.add(noise(plan, "town", "k1", 7, 500));
    noise.add(noise(plan, "campus", "k1", 8, 500));
    noise.add(noise(plan, "campus", "k1", 7, 501));

    assertThat(noise).doesNotHaveDuplicates();
    assertThat(noise(plan, "campus", "k1", 7, 500)).isEqualTo(noise.get(0));
  }

  @Test
  void equalFiguresOfTwoGroupsDoNotShareTheirNoise() {
    AggregatePlan plan =
        Pipelines.plan(
            SHARED
                .replace("epsilon: 0.", "epsilon: 0.00")
                .replace("dean: { epsilon: 0.005 }", "dean: { epsilon: 1 }"));

    for (long window = 0; window < 20; window++) {
      receive(releaser(plan, 1, List.of()), plan, 0, window, Map.of(0, 500L, 1, 500L));
    }

    // At a scale of 667 two draws are equal once in 2,668 windows.
    List<Long> values =
        contents("dean").stream()
            .filter(content -> content.has("value"))
            .map(content -> content.required("value").longValue())
            .toList();
    assertThat(values).hasSize(40);
    for (int i = 0; i < 40; i += 2) {
      assertThat(values.get(i)).isNotEqualTo(values.get(i + 1));
    }
  }

  @Test
  void whatIsPublishedHasTheNoiseThatItsSensitivityAndEpsilonAskFor() {
    AggregatePlan plan =
        Pipelines.plan(
            EXACT
                .replace("clamp: [0, 100], scale: 2", "clamp: [-3, 2]")
                .replace("window:", "bounds: { groups-per-person: 2 }\n      window:")
                .replace("epsilon: 100000 }", "epsilon: 0.5 }"));
    int windows = 5_000;
    Releaser releaser = releaser(plan, 1, List.of());
    for (long window = 0; window < windows; window++) {
      receive(releaser, plan, 0, window, Map.of(0, 40L, 1, 40L));
    }
    List<BigInteger> noise =
        contents("dean").stream()
            .filter(content -> content.has("value"))
            .map(content -> content.required("value").bigIntegerValue())
            .map(value -> value.subtract(BigInteger.valueOf(40)))
            .toList();

    // Two groups, one event in each, of magnitude 3 at most: 6 at an epsilon of a half.
    assertThat(noise).hasSize(2 * windows);
    assertThat(new Laplace(12).fit(noise.size(), noise.iterator()::next))
        .isGreaterThan(FALSE_ALARM);
    assertThat(new Laplace(6).fit(noise.size(), noise.iterator()::next)).isLessThan(SURELY_WRONG);
  }

  @Test
  void thereIsALimitToWhatOneCallReleases() {
    AggregatePlan plan = Pipelines.plan(EXACT);
    Releaser releaser = releaser(plan, 2, List.of());
    for (int day = 0; day < 25; day++) {
      releaser.receive(partial(plan, 0, day, Map.of()));
      releaser.receive(partial(plan, 1, day, Map.of()));
    }

    assertThat(releaser.release(10, published::add)).isTrue();
    assertThat(entries()).hasSize(10);
    assertThat(releaser.release(100, published::add)).isFalse();
    assertThat(entries()).hasSize(25);
  }

  @Test
  void wordOfAQueryThatIsGoneIsIgnored() {
    AggregatePlan old = Pipelines.plan(SHARED);
    AggregatePlan plan = Pipelines.plan(EXACT);
    receive(releaser(old, 2, List.of()), old, 0, 7, Map.of(0, 1L));

    receive(releaser(plan, 1, List.of()), old, 0, 7, Map.of(0, 1L));

    assertThat(published).isEmpty();
    assertThat(state.entries(new byte[0], new byte[0], 100)).isEmpty();
  }

  private Releaser releaser(AggregatePlan plan, int partitions, List<LedgerEntry> history) {
    Ledger ledger = new Ledger(plan.config(), ledgerStore, () -> history);
    return new Releaser(plan, "test", Pipelines.keyset("k"), ledger, state, partitions);
  }

  private HeapKeyValues copyOfState() {
    HeapKeyValues copy = new HeapKeyValues();
    state
        .entries(new byte[0], new byte[0], 100)
        .forEach(entry -> copy.put(entry.key(), entry.value()));
    return copy;
  }

  private static Releaser fresh(AggregatePlan plan, List<LedgerEntry> history) {
    return restored(plan, new HeapKeyValues(), history);
  }

  private static Releaser restored(
      AggregatePlan plan, HeapKeyValues partials, List<LedgerEntry> history) {
    Ledger ledger = new Ledger(plan.config(), new HeapKeyValues(), () -> history);
    return new Releaser(plan, "test", Pipelines.keyset("k"), ledger, partials, 1);
  }

  private static long noise(
      AggregatePlan plan, String deployment, String key, long window, long value) {
    Ledger ledger = new Ledger(plan.config(), new HeapKeyValues(), List::of);
    Releaser releaser =
        new Releaser(plan, deployment, Pipelines.keyset(key), ledger, new HeapKeyValues(), 1);
    List<Published> found = new ArrayList<>();
    releaser.receive(partial(plan, 0, window, Map.of(0, value)));
    releaser.release(1, found::add);
    Published.Answer first = (Published.Answer) found.get(1);
    return first.content().required("value").longValue() - value;
  }

  private void receive(
      Releaser releaser, AggregatePlan plan, int partition, long window, Map<Integer, Long> sums) {
    releaser.receive(partial(plan, partition, window, sums));
    releaser.release(10, published::add);
  }

  private static WindowPartial partial(
      AggregatePlan plan, int partition, long window, Map<Integer, Long> sums) {
    Map<Integer, BigInteger> exact = new HashMap<>();
    sums.forEach((group, sum) -> exact.put(group, BigInteger.valueOf(sum)));
    return new WindowPartial(plan.queries().get(0).digest(), partition, window, exact);
  }

  private List<ObjectNode> contents(String consumer) {
    return published.stream()
        .filter(Published.Answer.class::isInstance)
        .map(Published.Answer.class::cast)
        .filter(answer -> answer.consumer().equals(consumer))
        .map(Published.Answer::content)
        .toList();
  }

  private List<String> raw(String consumer) {
    return contents(consumer).stream()
        .map(content -> new String(ExactJson.bytes(content), StandardCharsets.UTF_8))
        .toList();
  }

  private List<String> answers(String consumer) {
    return raw(consumer).stream()
        .map(json -> json.replaceAll("\"release\":\"[0-9a-f]{32}\"", "\"release\":\"RELEASE\""))
        .toList();
  }

  private List<String> values(String consumer) {
    return contents(consumer).stream()
        .filter(content -> content.has("value"))
        .map(content -> content.required("group") + "=" + content.required("value"))
        .toList();
  }

  private List<LedgerEntry> entries() {
    return published.stream()
        .filter(Published.Entry.class::isInstance)
        .map(entry -> ((Published.Entry) entry).entry())
        .toList();
  }

  private static long day(long day) {
    return day * 86_400_000L;
  }
}
