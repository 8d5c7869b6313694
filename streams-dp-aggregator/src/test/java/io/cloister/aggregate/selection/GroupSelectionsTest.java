// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import static io.cloister.aggregate.accounting.Exact.DIGITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.accounting.Exact;
import io.cloister.aggregate.noise.DiscreteGaussian;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.KeyedBits;
import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSelectionsTest {
  private static final BigDecimal ONE = BigDecimal.ONE;

  @ParameterizedTest
  @CsvSource({"1, 1e-5, 1", "0.1, 1e-9, 4", "3, 1e-3, 2", "0.5, 1e-6, 10"})
  void aLaplaceThresholdIsTheLeastThatNamesNobodysOwnGroupsButWithDelta(
      BigDecimal epsilon, BigDecimal delta, int groups) {
    ThresholdSelection selection = GroupSelections.laplace(epsilon, delta, groups);

    int threshold = selection.threshold().intValueExact();
    assertThat(own(epsilon, threshold, groups)).isLessThanOrEqualTo(delta);
    assertThat(own(epsilon, threshold - 1, groups)).isGreaterThan(delta);
  }

  /** How likely one of a person's own groups is named at most: groups P(1 + X >= threshold). */
  private static BigDecimal own(BigDecimal epsilon, int threshold, int groups) {
    return laplaceTail(epsilon.divide(BigDecimal.valueOf(groups), DIGITS), threshold - 1)
        .multiply(BigDecimal.valueOf(groups));
  }

  /** P(X >= k) for scale 1 / rate and any k. */
  private static BigDecimal laplaceTail(BigDecimal rate, int k) {
    if (k < 1) {
      return ONE.subtract(laplaceTail(rate, 1 - k));
    }
    BigDecimal q = Exact.exp(rate.negate());
    return q.pow(k, DIGITS).divide(ONE.add(q), DIGITS);
  }

  @Test
  void aLaplaceThresholdKeepsToTheInequalityForOneGroupAndForSeveral() {
    BigDecimal epsilon = new BigDecimal("1.2");
    BigDecimal delta = new BigDecimal("1e-3");
    SelectionAudit audit = new SelectionAudit(epsilon, delta);

    assertThat(audit.holds(named(epsilon, delta, 1, 0), 60)).isTrue();
    assertThat(holdsForTwo(audit, named(epsilon, delta, 2, 0))).isTrue();
    // Planted: a threshold too low by one, and the noise of one group for two.
    assertThat(audit.holds(named(epsilon, delta, 1, -1), 60)).isFalse();
    assertThat(holdsForTwo(audit, named(epsilon, delta, 1, 0))).isFalse();
  }

  private static boolean holdsForTwo(SelectionAudit audit, IntFunction<BigDecimal> named) {
    return IntStream.range(0, 12 * 12)
        .allMatch(both -> audit.holds(List.of(both / 12, both % 12), named));
  }

  private static IntFunction<BigDecimal> named(
      BigDecimal epsilon, BigDecimal delta, int groups, int shift) {
    int threshold =
        GroupSelections.laplace(epsilon, delta, groups).threshold().intValueExact() + shift;
    BigDecimal rate = epsilon.divide(BigDecimal.valueOf(groups), DIGITS);
    return n -> n == 0 ? BigDecimal.ZERO : laplaceTail(rate, threshold - n);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1e-5, 1", "0.02, 1e-9, 4", "0.1, 1e-6, 30"})
  void aGaussianThresholdIsTheLeastThatNamesNobodysOwnGroupsButWithDelta(
      BigDecimal rho, BigDecimal delta, int groups) {
    int threshold = GroupSelections.gaussian(rho, delta, groups).threshold().intValueExact();

    BigDecimal variance =
        BigDecimal.valueOf(groups).divide(rho.multiply(BigDecimal.valueOf(2)), DIGITS);
    BigDecimal limit = delta.divide(BigDecimal.valueOf(groups), DIGITS);
    assertThat(gaussianTail(variance, threshold - 1)).isLessThanOrEqualTo(limit);
    // The bound on the tail is a series that may be above it by a little.
    assertThat(gaussianTail(variance, threshold - 3)).isGreaterThan(limit);
  }

  private static BigDecimal gaussianTail(BigDecimal variance, int k) {
    int reach = k + 16 * (int) Math.ceil(Math.sqrt(variance.doubleValue()));
    BigDecimal total = ONE;
    BigDecimal tail = BigDecimal.ZERO;
    for (int y = 1; y <= reach; y++) {
      BigDecimal weight =
          Exact.exp(
              BigDecimal.valueOf((long) y * y)
                  .divide(variance.multiply(BigDecimal.valueOf(2)), DIGITS)
                  .negate());
      total = total.add(weight.multiply(BigDecimal.valueOf(2)), DIGITS);
      tail = y >= k ? tail.add(weight, DIGITS) : tail;
    }
    return tail.divide(total, DIGITS);
  }

  @Test
  void gaussianNoiseHasTheVarianceThatRhoPaysFor() {
    ThresholdSelection selection =
        GroupSelections.gaussian(new BigDecimal("0.02"), new BigDecimal("1e-9"), 4);

    assertThat(((DiscreteGaussian) selection.noise()).sigmaSquared())
        .isEqualTo(Rational.of(100, 1));
  }

  @Test
  void fewGroupsAPersonAreSelectedOptimallyAndManyByGaussianNoise() {
    BigDecimal epsilon = ONE;
    BigDecimal delta = new BigDecimal("1e-6");

    GroupSelection few = GroupSelections.approximate(epsilon, delta, 2);
    GroupSelection many = GroupSelections.approximate(epsilon, delta, 300);

    assertThat(few).isInstanceOf(OptimalSelection.class);
    assertThat(many).isInstanceOf(ThresholdSelection.class);
    assertThat(few.median()).isLessThan(GroupSelections.laplace(epsilon, delta, 2).median());
    assertThat(many.median()).isLessThan(GroupSelections.laplace(epsilon, delta, 300).median());
  }

  @Test
  void theOptimalSelectionNeedsNoMorePeopleThanLaplaceNoiseOfTheSameBudget() {
    for (String epsilon : List.of("0.05", "0.4", "2")) {
      for (int groups : new int[] {1, 3, 8}) {
        BigDecimal delta = new BigDecimal("1e-7");
        long laplace = GroupSelections.laplace(new BigDecimal(epsilon), delta, groups).median();
        assertThat(GroupSelections.approximate(new BigDecimal(epsilon), delta, groups).median())
            .isLessThanOrEqualTo(laplace);
      }
    }
  }

  @Test
  void concentratedBudgetsChooseWhatNamesGroupsWithTheFewestPeople() {
    GroupSelection chosen =
        GroupSelections.concentrated(new BigDecimal("0.02"), new BigDecimal("1e-6"), 1);

    long gaussian =
        GroupSelections.gaussian(new BigDecimal("0.02"), new BigDecimal("1e-6"), 1).median();
    long optimal =
        OptimalSelection.of(new BigDecimal("0.2"), new BigDecimal("1e-6")).orElseThrow().median();
    assertThat(chosen.median()).isEqualTo(Math.min(gaussian, optimal));
  }

  @Test
  void aGroupWithoutPeopleIsNeverNamedHoweverLargeTheNoise() {
    Rational huge = new Rational(BigInteger.TEN.pow(30), BigInteger.ONE);
    ThresholdSelection selection =
        new ThresholdSelection(new DiscreteLaplace(huge), BigInteger.TWO);
    KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);

    assertThat(IntStream.range(0, 100).filter(i -> selection.releases(0, bits))).isEmpty();
    assertThat(IntStream.range(0, 100).filter(i -> selection.releases(1, bits))).isNotEmpty();
  }

  @Test
  void withHardlyAnyNoiseAGroupIsNamedFromTheThresholdOn() {
    ThresholdSelection selection =
        new ThresholdSelection(new DiscreteLaplace(Rational.of(1, 1_000)), BigInteger.TEN);
    KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);

    assertThat(selection.releases(9, bits)).isFalse();
    assertThat(selection.releases(10, bits)).isTrue();
    assertThat(selection.median()).isEqualTo(10);
    assertThatThrownBy(() -> new ThresholdSelection(selection.noise(), BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void groupsAreNamedByNoiseAsOftenAsItsDistributionSays() {
    BigDecimal rho = new BigDecimal("0.05");
    ThresholdSelection selection = GroupSelections.gaussian(rho, new BigDecimal("1e-3"), 1);
    KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);
    int people = (int) selection.median() - 2;
    double expected = gaussianTail(BigDecimal.TEN, 2).doubleValue();
    int draws = 100_000;

    long named = IntStream.range(0, draws).filter(i -> selection.releases(people, bits)).count();

    double deviation = Math.sqrt(draws * expected * (1 - expected));
    assertThat((named - draws * expected) / deviation).isBetween(-5.0, 5.0);
  }
}
