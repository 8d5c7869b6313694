// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Cost LEFT = pure("0");

  private final Budgets budgets =
      new Budgets(pure("10"), Map.of("a", pure("4"), "b", pure("6")), Duration.ofDays(30));

  @Test
  void whatWasGrantedIsSpentAndWhatWasRefusedCounted() {
    Spending everybody = new Spending(budgets, 0, Optional.empty());
    Spending a = new Spending(budgets, 0, Optional.of("a"));
    Spending stranger = new Spending(budgets, 0, Optional.of("stranger"));
    List<LedgerEntry> entries =
        List.of(
            entry(Kind.RELEASE, 0, 1, "0.5", share("a", true), share("b", true)),
            entry(Kind.RELEASE, 1, 2, "0.25", share("a", false), share("b", true)),
            entry(Kind.REFUSAL, 2, 3, "9", share("a", false)),
            entry(Kind.CONFLICT, 3, 4, "0.5"));

    for (LedgerEntry entry : entries) {
      everybody.add(entry);
      a.add(entry);
      stranger.add(entry);
    }

    assertThat(everybody.spent()).isEqualTo(pure("0.75"));
    assertThat(everybody.remaining()).isEqualTo(pure("9.25"));
    assertThat(everybody.releases()).isEqualTo(2);
    assertThat(everybody.refusals()).isEqualTo(2);
    assertThat(a.spent()).isEqualTo(pure("0.5"));
    assertThat(a.remaining()).isEqualTo(pure("3.5"));
    assertThat(a.refusals()).isEqualTo(2);
    assertThat(stranger.remaining()).isEqualTo(pure("0"));
  }

  @Test
  void aWindowIsSpentInEveryPeriodThatItOverlaps() {
    Spending first = new Spending(budgets, 0, Optional.empty());
    Spending second = new Spending(budgets, 1, Optional.empty());
    Spending third = new Spending(budgets, 2, Optional.empty());
    LedgerEntry across = entry(Kind.RELEASE, 29, 31, "0.5", share("a", true));
    LedgerEntry atTheEnd = entry(Kind.RELEASE, 59, 60, "0.25", share("a", true));

    for (Spending spending : List.of(first, second, third)) {
      spending.add(across);
      spending.add(atTheEnd);
    }

    assertThat(first.spent()).isEqualTo(pure("0.5"));
    assertThat(second.spent()).isEqualTo(pure("0.75"));
    assertThat(third.releases()).isZero();
  }

  @Test
  void manyPureReleasesTellLessThanTheirSumAndNeverMore() {
    Spending month = new Spending(budgets, 0, Optional.empty());
    for (int day = 0; day < 30; day++) {
      month.add(entry(Kind.RELEASE, day, day + 1, "0.1", share("a", true)));
    }

    assertThat(month.spent()).isEqualTo(pure("3"));
    assertThat(month.epsilon(1e-6)).isLessThan(2.6).isGreaterThan(1.5);
    assertThat(month.epsilon(1e-300)).isCloseTo(3, within(1e-2)).isGreaterThanOrEqualTo(2.99);
  }

  @Test
  void underAConcentratedBudgetPureReleasesAndOthersAreReportedTogether() {
    Budgets concentrated = new Budgets(rho("1"), Map.of("a", rho("1")), Duration.ofDays(30));
    Spending month = new Spending(concentrated, 0, Optional.empty());
    month.add(entry(Kind.RELEASE, 0, 1, "0.2", share("a", true)));
    month.add(
        new LedgerEntry(
            Kind.RELEASE,
            "r",
            "q",
            "d",
            "m",
            rho("0.03"),
            0,
            DAY,
            1,
            "",
            List.of(share("a", true))));

    assertThat(month.spent()).isEqualTo(rho("0.05"));
    // 0.05 of rho alone is 1.4716 at 1e-6; the pure part tells less than half its square.
    assertThat(month.epsilon(1e-6)).isBetween(1.2, 1.4716);
  }

  private static LedgerEntry entry(Kind kind, int start, int end, String epsilon, Share... shares) {
    return new LedgerEntry(
        kind, "r", "q", "d", "m", pure(epsilon), start * DAY, end * DAY, 1, "", List.of(shares));
  }

  private static Share share(String consumer, boolean granted) {
    return new Share(consumer, granted, LEFT);
  }

  private static Cost pure(String epsilon) {
    return Cost.pure(Epsilon.of(new BigDecimal(epsilon)));
  }

  private static Cost rho(String rho) {
    return Cost.of(Currency.RHO, new BigDecimal(rho), BigDecimal.ZERO);
  }
}
