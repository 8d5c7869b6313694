// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.aggregate.state.HeapKeyValues;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.error.EnvironmentException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long PERIOD = 7 * DAY;

  private final AggregateConfig config = config("1", "0.6", "0.8");
  private final HeapKeyValues store = new HeapKeyValues();
  private final Ledger ledger = new Ledger(config, store, List::of);

  @Test
  void consumersThatShareAReleaseAreEachChargedAndEverybodyOnce() {
    assertThat(ask(ledger, "r1", 0, DAY, "0.3", "a", "b"))
        .containsExactly(granted("a", "0.3"), granted("b", "0.5"));
    assertThat(ask(ledger, "r2", 0, DAY, "0.3", "a", "b"))
        .containsExactly(granted("a", "0"), granted("b", "0.2"));
  }

  @Test
  void aConsumerWithoutQuotaIsRefusedAlone() {
    ask(ledger, "r1", 0, DAY, "0.5", "a");

    assertThat(ask(ledger, "r2", 0, DAY, "0.2", "a", "b"))
        .containsExactly(refused("a", "0.1"), granted("b", "0.3"));
  }

  @Test
  void whenTheGlobalBudgetLacksTheAmountEverybodyIsRefused() {
    ask(ledger, "r1", 0, DAY, "0.5", "a");
    ask(ledger, "r2", 0, DAY, "0.4", "b");

    assertThat(ask(ledger, "r3", 0, DAY, "0.100000001", "a", "b"))
        .containsExactly(refused("a", "0.1"), refused("b", "0.1"));
    assertThat(ask(ledger, "r4", 0, DAY, "0.1", "a", "b"))
        .containsExactly(granted("a", "0"), granted("b", "0"));
  }

  @Test
  void aBudgetIsSpentToTheLastUnitAndNotBeyond() {
    ask(ledger, "r1", 0, DAY, "0.599999999", "a");

    assertThat(ask(ledger, "r2", 0, DAY, "0.000000002", "a"))
        .containsExactly(refused("a", "0.000000001"));
    assertThat(ask(ledger, "r3", 0, DAY, "0.000000001", "a")).containsExactly(granted("a", "0"));
  }

  @Test
  void aWindowIsChargedToEveryPeriodThatItOverlaps() {
    ask(ledger, "r1", PERIOD - DAY, PERIOD + DAY, "0.5", "a");

    assertThat(ask(ledger, "r2", 0, DAY, "0.2", "a")).containsExactly(refused("a", "0.1"));
    assertThat(ask(ledger, "r3", PERIOD + DAY, PERIOD + 2 * DAY, "0.2", "a"))
        .containsExactly(refused("a", "0.1"));
    assertThat(ask(ledger, "r4", 2 * PERIOD, 2 * PERIOD + DAY, "0.2", "a"))
        .containsExactly(granted("a", "0.4"));
  }

  @Test
  void aWindowThatEndsWithAPeriodDoesNotTouchTheNext() {
    ask(ledger, "r1", PERIOD - DAY, PERIOD, "0.6", "a");

    assertThat(ask(ledger, "r2", PERIOD, PERIOD + DAY, "0.6", "a"))
        .containsExactly(granted("a", "0"));
  }

  @Test
  void aConsumerThatTheConfigDoesNotKnowGetsNothing() {
    assertThat(ask(ledger, "r1", 0, DAY, "0.1", "stranger"))
        .containsExactly(refused("stranger", "0"));
  }

  @Test
  void aReleaseIsRecordedOnce() {
    ask(ledger, "r1", 0, DAY, "0.1", "a");

    assertThatThrownBy(() -> ask(ledger, "r1", 0, DAY, "0.1", "a"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasSpentSurvivesARestart() {
    ask(ledger, "r1", 0, DAY, "0.5", "a");

    Ledger restarted = new Ledger(config, store, List::of);

    assertThat(ask(restarted, "r2", 0, DAY, "0.2", "a")).containsExactly(refused("a", "0.1"));
    assertThat(restarted.newestWindowEnd("d")).contains(DAY);
  }

  @Test
  void anEmptyStoreIsRebuiltFromTheHistory() {
    ask(ledger, "r1", 0, DAY, "0.5", "a");
    List<LedgerEntry> history = new ArrayList<>();
    store
        .entries(new byte[0], new byte[0], 100)
        .forEach(entry -> history.add(LedgerJson.fromBytes(entry.value())));
    LedgerEntry first = history.get(0);
    history.add(
        new LedgerEntry(
            Kind.CONFLICT, first.release(), "q", "d", "m", first.cost(), 0, DAY, 1, "", List.of()));

    Ledger rebuilt = new Ledger(config, new HeapKeyValues(), () -> history);

    assertThat(ask(rebuilt, "r2", 0, DAY, "0.2", "a")).containsExactly(refused("a", "0.1"));
    assertThat(rebuilt.find("r1")).contains(first);
  }

  @Test
  void aStoreThatLacksEntriesOfTheHistoryGetsThemOnce() {
    ask(ledger, "r1", 0, DAY, "0.2", "a");
    HeapKeyValues older = new HeapKeyValues();
    List<LedgerEntry> history = new ArrayList<>();
    store
        .entries(new byte[0], new byte[0], 100)
        .forEach(entry -> older.put(entry.key(), entry.value()));
    ask(ledger, "r2", 0, DAY, "0.3", "a");
    store
        .entries(new byte[0], new byte[0], 100)
        .forEach(entry -> history.add(LedgerJson.fromBytes(entry.value())));

    Ledger restored = new Ledger(config, older, () -> history);

    assertThat(restored.find("r2")).isPresent();
    assertThat(ask(restored, "r3", 0, DAY, "0.2", "a")).containsExactly(refused("a", "0.1"));
  }

  @Test
  void aLoweredBudgetLeavesNothingRatherThanLessThanNothing() {
    ask(ledger, "r1", 0, DAY, "0.5", "a");

    Ledger lowered = new Ledger(config("0.2", "0.2", "0.2"), store, List::of);

    assertThat(ask(lowered, "r2", 0, DAY, "0.1", "a")).containsExactly(refused("a", "0"));
  }

  @Test
  void whatWasDecidedBeforeSomethingElseWasChargedIsNotCharged() {
    List<Share> early = ledger.decide(0, DAY, cost("0.4"), List.of("a"));
    ask(ledger, "r1", 0, DAY, "0.4", "a");

    LedgerEntry late =
        new LedgerEntry(Kind.RELEASE, "r2", "q", "d", "m", cost("0.4"), 0, DAY, 1, "", early);
    assertThatThrownBy(() -> ledger.append(late)).isInstanceOf(IllegalStateException.class);
    assertThat(ledger.find("r2")).isEmpty();
    assertThat(ask(ledger, "r3", 0, DAY, "0.2", "a")).containsExactly(granted("a", "0"));
  }

  @Property(tries = 200)
  void noBudgetIsEverOverspent(@ForAll long seed) {
    Random random = new Random(seed);
    AggregateConfig budgets = config("2", "1.1", "1.7");
    HeapKeyValues kept = new HeapKeyValues();
    Ledger books = new Ledger(budgets, kept, List::of);
    Map<String, Long> spent = new HashMap<>();
    for (int i = 0; i < 120; i++) {
      if (random.nextInt(20) == 0) {
        books = new Ledger(budgets, kept, List::of);
      }
      long start = random.nextInt(20) * DAY;
      long end = start + (1 + random.nextInt(10)) * DAY;
      String asked = "0." + (1 + random.nextInt(300_000_000));
      String[] consumers = random.nextBoolean() ? new String[] {"a", "b"} : new String[] {"b"};
      List<Share> shares = ask(books, "r" + i, start, end, asked, consumers);
      long units = Epsilon.of(new BigDecimal(asked)).units();
      LongStream.rangeClosed(start / PERIOD, (end - 1) / PERIOD)
          .forEach(
              period -> {
                if (shares.stream().anyMatch(Share::granted)) {
                  spent.merge("all" + period, units, Long::sum);
                }
                shares.stream()
                    .filter(Share::granted)
                    .forEach(share -> spent.merge(share.consumer() + period, units, Long::sum));
              });
    }
    spent.forEach(
        (account, units) -> {
          long budget =
              account.startsWith("all")
                  ? 2_000_000_000L
                  : account.startsWith("a") ? 1_100_000_000L : 1_700_000_000L;
          assertThat(units).as(account).isLessThanOrEqualTo(budget);
        });
    assertThat(spent).isNotEmpty();
  }

  @Test
  void anEntryKeepsItsForm() {
    LedgerEntry entry =
        new LedgerEntry(
            Kind.RELEASE,
            "ab12",
            "active",
            "00ff",
            "discrete-laplace",
            cost("0.03"),
            0,
            DAY,
            1,
            "5ea1",
            List.of(granted("a", "1.5"), refused("b", "0")));

    String json =
        "{\"version\":1,\"kind\":\"release\",\"release\":\"ab12\",\"query\":\"active\","
            + "\"queryDigest\":\"00ff\",\"mechanism\":\"discrete-laplace\",\"epsilon\":0.03,"
            + "\"window\":{\"start\":\"1970-01-01T00:00:00Z\",\"end\":\"1970-01-02T00:00:00Z\"},"
            + "\"keyVersion\":1,\"seal\":\"5ea1\",\"shares\":["
            + "{\"consumer\":\"a\",\"granted\":true,\"remaining\":1.5},"
            + "{\"consumer\":\"b\",\"granted\":false,\"remaining\":0}]}";
    assertThat(new String(LedgerJson.toBytes(entry), StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(LedgerJson.fromBytes(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(entry);
  }

  @Test
  void anUnreadableEntryStopsTheReleaser() {
    for (String json : List.of("{\"version\":3}", "[]", "{", "null")) {
      assertThatThrownBy(() -> LedgerJson.fromBytes(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(EnvironmentException.class);
    }
  }

  @Test
  void epsilonIsExactToTheBillionthAndNoFiner() {
    assertThat(Epsilon.of(new BigDecimal("0.1")).plus(Epsilon.of(new BigDecimal("0.2"))))
        .isEqualTo(Epsilon.of(new BigDecimal("0.3")));
    assertThat(Epsilon.of(new BigDecimal("1e2")).toDecimal()).hasToString("100");
    assertThat(new Epsilon(Long.MAX_VALUE).plus(new Epsilon(1)).units()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> Epsilon.of(new BigDecimal("0.0000000001")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Epsilon.of(new BigDecimal("-1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AggregateConfig config(String all, String a, String b) {
    return Pipelines.plan(
            """
            aggregate:
              budget: { epsilon: %s, period: P7D }
              consumers: { a: { epsilon: %s }, b: { epsilon: %s } }
              queries:
                q: { measure: { count: {} }, window: { tumbling: P1D }, groups: {},
                     consumers: { a: { epsilon: 0.1 } } }
            """
                .formatted(all, a, b))
        .config();
  }

  private static List<Share> ask(
      Ledger ledger, String release, long start, long end, String epsilon, String... consumers) {
    Cost asked = cost(epsilon);
    List<Share> shares = ledger.decide(start, end, asked, List.of(consumers));
    boolean granted = shares.stream().anyMatch(Share::granted);
    Kind kind = granted ? Kind.RELEASE : Kind.REFUSAL;
    ledger.append(new LedgerEntry(kind, release, "q", "d", "m", asked, start, end, 1, "", shares));
    return shares;
  }

  private static Share granted(String consumer, String remaining) {
    return new Share(consumer, true, cost(remaining));
  }

  private static Share refused(String consumer, String remaining) {
    return new Share(consumer, false, cost(remaining));
  }

  private static Cost cost(String epsilon) {
    return Cost.pure(Epsilon.of(new BigDecimal(epsilon)));
  }
}
