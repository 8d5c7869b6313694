// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.aggregate.state.HeapKeyValues;
import io.cloister.common.error.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CurrenciesTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Duration PERIOD = Duration.ofDays(7);
  private static final List<String> CONSUMERS = List.of("a", "b", "c");

  @Test
  void underAConcentratedBudgetGaussianAndLaplaceReleasesAddUp() {
    Ledger ledger = new Ledger(budgets("0.1", "0"), new HeapKeyValues(), List::of);

    // 0.2^2 / 2 = 0.02.
    assertThat(ask(ledger, "r1", pure("0.2"), "a")).containsExactly(granted("a", "0.08"));
    assertThat(ask(ledger, "r2", rho("0.05", "0"), "a")).containsExactly(granted("a", "0.03"));
    assertThat(ask(ledger, "r3", rho("0.030000000001", "0"), "a"))
        .containsExactly(refused("a", "0.03"));
  }

  @Test
  void aPureBudgetRefusesWhatHasNoPureEpsilonAndSaysSo() {
    Ledger ledger =
        new Ledger(
            new Budgets(pure("1"), Map.of("a", pure("1")), PERIOD), new HeapKeyValues(), List::of);

    assertThatThrownBy(() -> ask(ledger, "r1", rho("0.01", "0"), "a"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no pure epsilon");
  }

  @Test
  void aLedgerWithConcentratedChargesIsNotReadUnderAPureBudget() {
    HeapKeyValues store = new HeapKeyValues();
    ask(new Ledger(budgets("0.1", "0"), store, List::of), "r1", rho("0.05", "0"), "a");

    assertThatThrownBy(() -> new Ledger(new Budgets(pure("1"), Map.of(), PERIOD), store, List::of))
        .isInstanceOf(InputException.class);
  }

  @Test
  void aLedgerOfPureChargesGoesOnUnderAConcentratedBudget() {
    HeapKeyValues store = new HeapKeyValues();
    Budgets pure = new Budgets(pure("1"), Map.of("a", pure("1")), PERIOD);
    ask(new Ledger(pure, store, List::of), "r1", pure("0.2"), "a");

    Ledger concentrated = new Ledger(budgets("0.1", "0"), store, List::of);

    assertThat(ask(concentrated, "r2", rho("0.05", "0"), "a"))
        .containsExactly(granted("a", "0.03"));
  }

  @Test
  void deltaIsChargedWhereAReleaseNeedsItAndRefusedWhenItIsSpent() {
    Ledger ledger = new Ledger(budgets("1", "1e-9"), new HeapKeyValues(), List::of);

    assertThat(ask(ledger, "r1", rho("0.1", "6e-10"), "a"))
        .containsExactly(new Share("a", true, rho("0.9", "4e-10")));
    assertThat(ask(ledger, "r2", rho("0.1", "6e-10"), "a"))
        .containsExactly(new Share("a", false, rho("0.9", "4e-10")));
    assertThat(ask(ledger, "r3", rho("0.1", "0"), "a")).containsExactly(granted("a", "0.8"));
  }

  @Test
  void quotasAreCountedInTheCurrencyOfTheBudget() {
    assertThatThrownBy(() -> new Budgets(pure("1"), Map.of("a", rho("1", "0")), PERIOD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Budgets(pure("1"), Map.of(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEntryInAnotherCurrencyKeepsItsForm() {
    LedgerEntry entry =
        new LedgerEntry(
            Kind.RELEASE,
            "ab12",
            "active",
            "00ff",
            "discrete-gaussian",
            rho("0.03", "1e-10"),
            0,
            DAY,
            1,
            "5ea1",
            List.of(new Share("a", true, rho("1.5", "2e-9"))));

    String json =
        "{\"version\":2,\"kind\":\"release\",\"release\":\"ab12\",\"query\":\"active\","
            + "\"queryDigest\":\"00ff\",\"mechanism\":\"discrete-gaussian\","
            + "\"cost\":{\"rho\":0.03,\"delta\":0.0000000001},"
            + "\"window\":{\"start\":\"1970-01-01T00:00:00Z\",\"end\":\"1970-01-02T00:00:00Z\"},"
            + "\"keyVersion\":1,\"seal\":\"5ea1\",\"shares\":["
            + "{\"consumer\":\"a\",\"granted\":true,"
            + "\"remaining\":{\"rho\":1.5,\"delta\":0.000000002}}]}";
    assertThat(new String(LedgerJson.toBytes(entry), StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(LedgerJson.fromBytes(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(entry);
  }

  /**
   * What a consumer does, having seen all answers so far: asks for an amount, for all that it was
   * last told is left and a little more or less, or again for what was asked before.
   */
  record Step(int consumers, int start, int days, int kind, long amount, long delta) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 7),
            Arbitraries.integers().between(-10, 25),
            Arbitraries.integers().between(1, 10),
            Arbitraries.integers().between(0, 9),
            Arbitraries.longs().between(1, 400_000_000_000L),
            Arbitraries.longs().between(0, 400_000_000L))
        .as(Step::new);
  }

  @Property(tries = 300)
  void noSequenceOfRequestsOverspendsAPeriodOrRefusesWhatIsThere(
      @ForAll @Size(min = 20, max = 60) List<@net.jqwik.api.From("steps") Step> steps) {
    Cost global = new Cost(Currency.RHO, 1_000_000_000_000L, 1_000_000_000L);
    Map<String, Cost> quotas =
        Map.of(
            "a", new Cost(Currency.RHO, 600_000_000_000L, 1_000_000_000L),
            "b", new Cost(Currency.RHO, 900_000_000_000L, 300_000_000L));
    Budgets budgets = new Budgets(global, quotas, PERIOD);
    HeapKeyValues store = new HeapKeyValues();
    Ledger ledger = new Ledger(budgets, store, List::of);
    Books books = new Books(budgets);
    Cost told = global;
    int named = 0;
    for (Step step : steps) {
      if (step.kind == 0) {
        ledger = new Ledger(budgets, store, List::of);
        continue;
      }
      List<String> consumers =
          CONSUMERS.stream()
              .filter(name -> (step.consumers >> CONSUMERS.indexOf(name) & 1) == 1)
              .toList();
      boolean again = step.kind == 1 && named > 0;
      String release = again ? "r" + step.amount % named : "r" + named++;
      Cost asked = asked(step, told);
      if (ledger.find(release).isPresent()) {
        // The same release asked for again is published again, and costs nothing.
        continue;
      }
      long start = step.start * DAY;
      long end = start + step.days * DAY;
      List<Share> shares = ledger.decide(start, end, asked, consumers);
      boolean granted = shares.stream().anyMatch(Share::granted);
      Kind kind = granted ? Kind.RELEASE : Kind.REFUSAL;
      ledger.append(
          new LedgerEntry(kind, release, "q", "d", "m", asked, start, end, 1, "", shares));
      told = shares.get(0).remaining();
      books.check(start, end, asked, shares);
    }
  }

  private static Cost asked(Step step, Cost told) {
    return switch (step.kind) {
      case 2 -> told.units() > 0 ? new Cost(Currency.RHO, told.units(), 0) : rho("0.1", "0");
      case 3 -> new Cost(Currency.RHO, told.units() + 1, 0);
      case 4, 5 -> Cost.pure(new Epsilon(step.amount / 1_000));
      case 6 -> new Cost(Currency.RHO, step.amount, step.delta);
      default -> new Cost(Currency.RHO, step.amount, 0);
    };
  }

  /** Keeps the same accounts in integers of any size, charge by charge. */
  private static final class Books {
    private final Budgets budgets;
    private final Map<String, BigInteger> spent = new HashMap<>();

    Books(Budgets budgets) {
      this.budgets = budgets;
    }

    void check(long start, long end, Cost asked, List<Share> shares) {
      Cost cost = asked.in(Currency.RHO);
      long length = budgets.period().toMillis();
      long first = Math.floorDiv(start, length);
      long last = Math.floorDiv(end - 1, length);
      boolean open = fits("", budgets.global(), first, last, cost);
      for (Share share : shares) {
        Cost quota = budgets.quotas().getOrDefault(share.consumer(), new Cost(Currency.RHO, 0, 0));
        boolean expected = open && fits(share.consumer(), quota, first, last, cost);
        assertThat(share.granted()).as("granted to %s", share.consumer()).isEqualTo(expected);
      }
      for (long period = first; period <= last; period++) {
        if (shares.stream().anyMatch(Share::granted)) {
          charge("", period, cost);
        }
        for (Share share : shares) {
          if (share.granted()) {
            charge(share.consumer(), period, cost);
          }
        }
      }
    }

    private boolean fits(String owner, Cost budget, long first, long last, Cost cost) {
      for (long period = first; period <= last; period++) {
        BigInteger amount = spent(owner + "/amount/" + period).add(big(cost.units()));
        BigInteger delta = spent(owner + "/delta/" + period).add(big(cost.deltaUnits()));
        if (amount.compareTo(big(budget.units())) > 0
            || delta.compareTo(big(budget.deltaUnits())) > 0) {
          return false;
        }
      }
      return true;
    }

    private void charge(String owner, long period, Cost cost) {
      spent.merge(owner + "/amount/" + period, big(cost.units()), BigInteger::add);
      spent.merge(owner + "/delta/" + period, big(cost.deltaUnits()), BigInteger::add);
    }

    private BigInteger spent(String account) {
      return spent.getOrDefault(account, BigInteger.ZERO);
    }

    private static BigInteger big(long value) {
      return BigInteger.valueOf(value);
    }
  }

  private static Budgets budgets(String rho, String delta) {
    return new Budgets(rho(rho, delta), Map.of("a", rho(rho, delta)), PERIOD);
  }

  private static List<Share> ask(Ledger ledger, String release, Cost asked, String... consumers) {
    List<Share> shares = ledger.decide(0, DAY, asked, List.of(consumers));
    Kind kind = shares.stream().anyMatch(Share::granted) ? Kind.RELEASE : Kind.REFUSAL;
    ledger.append(new LedgerEntry(kind, release, "q", "d", "m", asked, 0, DAY, 1, "", shares));
    return shares;
  }

  private static Share granted(String consumer, String remaining) {
    return new Share(consumer, true, rho(remaining, "0"));
  }

  private static Share refused(String consumer, String remaining) {
    return new Share(consumer, false, rho(remaining, "0"));
  }

  private static Cost pure(String epsilon) {
    return Cost.pure(Epsilon.of(new BigDecimal(epsilon)));
  }

  private static Cost rho(String rho, String delta) {
    return Cost.of(Currency.RHO, new BigDecimal(rho), new BigDecimal(delta));
  }
}
