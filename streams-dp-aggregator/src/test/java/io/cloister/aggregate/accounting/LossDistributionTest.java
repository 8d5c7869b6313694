// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossDistributionTest {
  @ParameterizedTest
  @CsvSource({"0.01, 50, 0.05", "0.5, 1, 0.2", "0.5, 20, 5", "0.5, 20, 0", "2, 3, 4", "3, 1, 0"})
  void pureReleasesTellAtLeastWhatRandomizedResponseTellsAndHardlyMore(
      BigDecimal epsilon, int count, double at) {
    LossDistribution losses = LossDistribution.of(Mechanism.pure(epsilon)).times(count);

    bounds(losses, HockeyStick.randomizedResponse(epsilon).times(count), at, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4, 1, 0.5",
    "2, 4, 1, 1",
    "2, 4, 1, 1.7",
    "2, 4, 8, 3",
    "10, 1, 12, 0.4",
    "7, 3, 5, 1.1",
    "1, 1, 6, 2.5"
  })
  void discreteLaplaceReleasesAreBoundedFromAboveAndClosely(
      int scale, int shift, int count, double at) {
    LossDistribution losses = LossDistribution.of(laplace(scale, shift, 1)).times(count);

    bounds(
        losses, HockeyStick.discreteLaplace(new BigDecimal(scale), shift).times(count), at, 5e-3);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 1, 1, 4",
    "9, 2, 1, 1.5",
    "4, 1, 6, 2",
    "4, 1, 6, 5",
    "25, 5, 2, 3",
    "1, 3, 2, 20"
  })
  void discreteGaussianReleasesAreBoundedFromAboveAndClosely(
      int variance, int shift, int count, double at) {
    LossDistribution losses = LossDistribution.of(gaussian(variance, shift, 1)).times(count);

    bounds(
        losses,
        HockeyStick.discreteGaussian(new BigDecimal(variance), shift).times(count),
        at,
        5e-3);
  }

  @Test
  void releasesOfSeveralKindsAreBoundedFromAboveAndClosely() {
    LossDistribution losses =
        LossDistribution.of(laplace(5, 1, 1))
            .times(6)
            .plus(LossDistribution.of(Mechanism.pure(new BigDecimal("0.2"))).times(4));
    // A loss of 0.2 is one unit of both.
    HockeyStick exact =
        HockeyStick.discreteLaplace(new BigDecimal(5), 1)
            .times(6)
            .plus(HockeyStick.randomizedResponse(new BigDecimal("0.2")).times(4));

    for (double at : new double[] {0, 0.3, 1, 1.5}) {
      bounds(losses, exact, at, 5e-3);
    }
  }

  @Property(tries = 25)
  void noCompositionIsEverUnderstated(
      @ForAll @IntRange(min = 1, max = 12) int scale,
      @ForAll @IntRange(min = 1, max = 5) int shift,
      @ForAll @IntRange(min = 1, max = 30) int variance,
      @ForAll @IntRange(min = 1, max = 4) int count,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 6) double at) {
    LossDistribution laplace = LossDistribution.of(laplace(scale, shift, 1)).times(count);
    LossDistribution gaussian = LossDistribution.of(gaussian(variance, shift, 1)).times(count);

    assertThat(new BigDecimal(laplace.delta(at)))
        .isGreaterThanOrEqualTo(
            HockeyStick.discreteLaplace(new BigDecimal(scale), shift).times(count).delta(at));
    assertThat(new BigDecimal(gaussian.delta(at)))
        .isGreaterThanOrEqualTo(
            HockeyStick.discreteGaussian(new BigDecimal(variance), shift).times(count).delta(at));
  }

  private static void bounds(
      LossDistribution losses, HockeyStick exact, double epsilon, double slack) {
    BigDecimal least = exact.delta(epsilon);
    double bound = losses.delta(epsilon);
    assertThat(new BigDecimal(bound)).isGreaterThanOrEqualTo(least);
    assertThat(bound).isLessThanOrEqualTo(least.doubleValue() * (1 + slack) + 1e-30);
  }

  @ParameterizedTest
  @CsvSource({"-0.5, 0.72222110", "0, 0.63212056", "0.5, 0.54202002", "1, 0.39346934", "2, 0"})
  void discreteLaplaceAgreesWithPublishedValues(double epsilon, double delta) {
    // Google, dp_accounting, DiscreteLaplacePrivacyLossTest: parameter 0.5, sensitivity 4.
    assertThat(LossDistribution.of(laplace(2, 4, 1)).delta(epsilon)).isCloseTo(delta, within(2e-7));
  }

  @ParameterizedTest
  @CsvSource({
    // Google, dp_accounting, GaussianPrivacyLossTest: deviation, sensitivity, epsilon, delta.
    "1, 1, 1, 0.12693674",
    "1, 3, 1, 0.78760074",
    "1, 1, 2, 0.02092364",
    "1, 1, 0, 0.38292492"
  })
  void finelyScaledDiscreteGaussianAgreesWithTheContinuousOnesOfBalleAndWang(
      int deviation, int sensitivity, double epsilon, double delta) {
    long fine = 1_000_000;
    Mechanism release = gaussian(deviation * fine * fine, sensitivity * fine, 1);

    assertThat(LossDistribution.of(release).delta(epsilon))
        .isCloseTo(delta, within(1e-4 * delta))
        .isGreaterThan(delta - 1e-8);
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.5", "2", "4"})
  void gaussianReleasesTogetherAreOneOfTheirSummedRho(double epsilon) {
    // 100 releases at deviation 10 are one at deviation 1, exactly so for continuous noise.
    LossDistribution one = LossDistribution.of(gaussian(1_000_000_000_000L, 1_000_000, 1));
    LossDistribution many =
        LossDistribution.of(gaussian(100_000_000_000_000L, 1_000_000, 1)).times(100);

    assertThat(many.delta(epsilon))
        .isCloseTo(one.delta(epsilon), within(5e-3 * one.delta(epsilon)));
  }

  @Property(tries = 20)
  void manyFiguresShiftedLittleTellNoMoreThanOneShiftedByAll(
      @ForAll @IntRange(min = 2, max = 6) int figures,
      @ForAll @IntRange(min = 1, max = 4) int shift,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double part) {
    int scale = 5;
    double total = (double) figures * shift / scale;
    double epsilon = part * total;

    double apart = LossDistribution.of(laplace(scale, shift, figures)).delta(epsilon);

    double together = LossDistribution.of(laplace(scale, (long) shift * figures, 1)).delta(epsilon);
    assertThat(apart).isLessThanOrEqualTo(together * (1 + 1e-4) + 1e-3);
  }

  @Test
  void figuresOfHugeUnitsAreCountedInPortions() {
    BigInteger huge = BigInteger.TEN.pow(18);
    Rational scale = new Rational(huge.multiply(BigInteger.valueOf(20)), BigInteger.ONE);
    LossDistribution losses =
        LossDistribution.of(new Mechanism.DiscreteLaplace(scale, huge.multiply(BigInteger.TWO), 1));

    // For continuous noise delta(epsilon) = 1 - e^((epsilon - 0.1) / 2).
    double exact = -Math.expm1((0.03 - 0.1) / 2);
    assertThat(losses.delta(0.03)).isCloseTo(exact, within(exact * 1e-3)).isGreaterThan(exact);
    assertThat(losses.epsilon(0)).isCloseTo(0.1, within(1e-4)).isGreaterThanOrEqualTo(0.1);
  }

  @Test
  void aYearOfDailyReleasesTellsFarLessThanTheSumOfTheirEpsilons() {
    LossDistribution year = LossDistribution.of(Mechanism.pure(new BigDecimal("0.03"))).times(365);

    double epsilon = year.epsilon(1e-9);

    assertThat(epsilon).isLessThan(4).isGreaterThan(3);
    assertThat(year.epsilon(0)).isGreaterThanOrEqualTo(365 * 0.03);
  }

  @Property(tries = 8)
  void epsilonIsTheLeastThatDeltaAllows(
      @ForAll @Scale(6) @DoubleRange(min = 1, max = 12) double digits,
      @ForAll @IntRange(min = 1, max = 20) int count) {
    double delta = Math.pow(10, -digits);
    LossDistribution losses = LossDistribution.of(gaussian(50, 3, 1)).times(count);

    double epsilon = losses.epsilon(delta);

    assertThat(losses.delta(epsilon)).isLessThanOrEqualTo(delta);
    if (epsilon > 0) {
      assertThat(losses.delta(epsilon * (1 - 1e-9))).isGreaterThan(delta);
    }
  }

  @Test
  void failuresAddUpAndNoEpsilonMakesUpForThem() {
    Mechanism selection = new Mechanism.Approximate(new BigDecimal("0.1"), new BigDecimal("1e-6"));
    LossDistribution losses = LossDistribution.of(selection).times(10);

    assertThat(losses.epsilon(9e-6)).isInfinite();
    assertThat(losses.delta(100)).isCloseTo(1e-5, within(1e-10)).isGreaterThan(9.99995e-6);
    assertThat(losses.epsilon(1.1e-5)).isLessThanOrEqualTo(1.01);
  }

  @Test
  void nothingTellsNothing() {
    assertThat(LossDistribution.NOTHING.delta(0)).isZero();
    assertThat(LossDistribution.NOTHING.epsilon(0)).isZero();
    LossDistribution one = LossDistribution.of(laplace(2, 1, 1));
    assertThat(LossDistribution.NOTHING.plus(one).delta(0.1)).isEqualTo(one.delta(0.1));
    assertThat(one.plus(LossDistribution.NOTHING).delta(0.1)).isEqualTo(one.delta(0.1));
    assertThatThrownBy(() -> one.times(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.epsilon(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Mechanism laplace(long scale, long shift, long coordinates) {
    return new Mechanism.DiscreteLaplace(
        Rational.of(scale, 1), BigInteger.valueOf(shift), coordinates);
  }

  private static Mechanism gaussian(long variance, long shift, long coordinates) {
    return new Mechanism.DiscreteGaussian(
        Rational.of(variance, 1), BigInteger.valueOf(shift), coordinates);
  }
}
