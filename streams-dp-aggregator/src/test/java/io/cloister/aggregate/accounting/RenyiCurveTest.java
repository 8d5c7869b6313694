// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import static io.cloister.aggregate.accounting.Exact.DIGITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenyiCurveTest {
  private static final BigDecimal ONE = BigDecimal.ONE;

  @ParameterizedTest
  @CsvSource({
    // By 30 digits of arithmetic.
    "2.56, 1e-10, 17.1583087121047462, 1e-12",
    "0.1, 1e-10, 2.88182800917424256, 1e-12",
    "1, 1e-6, 7.76621662531172075, 1e-12",
    // OpenDP, test of make_zCDP_to_approxDP: scale 4, sensitivity 1.
    "0.03125, 1e-3, 0.6880024554878085, 1e-9",
  })
  void concentratedPrivacyConvertsAsPublished(
      BigDecimal rho, double delta, double epsilon, double tolerance) {
    assertThat(RenyiCurve.concentrated(rho).epsilon(delta)).isCloseTo(epsilon, within(tolerance));
  }

  @Test
  void deltaAtEpsilonZeroIsThePublishedOne() {
    // OpenDP, the same test.
    assertThat(RenyiCurve.concentrated(new BigDecimal("0.03125")).delta(0))
        .isCloseTo(0.1508457845622862, within(1e-12));
  }

  @Property(tries = 30)
  void theEpsilonOfAConcentratedBudgetIsRoundedUpAndHardlyAboveTheLeast(
      @ForAll @Scale(12) @DoubleRange(min = 1e-4, max = 20) double rho,
      @ForAll @Scale(12) @DoubleRange(min = 2, max = 30) double digits) {
    double delta = Math.pow(10, -digits);
    BigDecimal logDelta = Exact.ln(new BigDecimal(delta));
    BigDecimal exactRho = new BigDecimal(rho);
    BigDecimal least =
        least(
            alpha ->
                exactRho
                    .multiply(alpha, DIGITS)
                    .add(Exact.ln(alpha.subtract(ONE).divide(alpha, DIGITS)), DIGITS)
                    .subtract(
                        logDelta.add(Exact.ln(alpha), DIGITS).divide(alpha.subtract(ONE), DIGITS),
                        DIGITS));

    double epsilon = RenyiCurve.concentrated(exactRho).epsilon(delta);

    assertThat(new BigDecimal(epsilon)).isGreaterThanOrEqualTo(least.max(BigDecimal.ZERO));
    assertThat(epsilon).isLessThanOrEqualTo(Math.max(0, least.doubleValue()) * (1 + 1e-12) + 1e-12);
  }

  /** The least over orders above 1, by halving brackets of the exponent to 1e-12. */
  private static BigDecimal least(UnaryOperator<BigDecimal> bound) {
    UnaryOperator<BigDecimal> of = exponent -> bound.apply(ONE.add(Exact.exp(exponent)));
    double low = -10;
    double high = 25;
    for (int i = 0; i < 70; i++) {
      double third = (high - low) / 3;
      if (of.apply(new BigDecimal(low + third)).compareTo(of.apply(new BigDecimal(high - third)))
          <= 0) {
        high -= third;
      } else {
        low += third;
      }
    }
    // The bracket's width of about 1e-11 moves the least by its square.
    return of.apply(new BigDecimal(low)).subtract(new BigDecimal("1e-19"));
  }

  @Property(tries = 60)
  void theDivergenceOfAPureMechanismIsThatOfRandomizedResponseRoundedUp(
      @ForAll @Scale(12) @DoubleRange(min = 1e-3, max = 8) double epsilon,
      @ForAll @Scale(12) @DoubleRange(min = 1.01, max = 60) double alpha) {
    BigDecimal e = new BigDecimal(epsilon);
    BigDecimal a = new BigDecimal(alpha);
    BigDecimal sum = Exact.exp(a.multiply(e)).add(Exact.exp(ONE.subtract(a).multiply(e)), DIGITS);
    BigDecimal exact =
        Exact.ln(sum.divide(ONE.add(Exact.exp(e)), DIGITS)).divide(a.subtract(ONE), DIGITS);

    double bound = RenyiCurve.pure(e).at(alpha);

    assertThat(new BigDecimal(bound)).isGreaterThanOrEqualTo(exact);
    assertThat(bound).isLessThanOrEqualTo(exact.doubleValue() + 1e-15 / (alpha - 1) + 1e-14);
  }

  @Property(tries = 60)
  void aPureMechanismEntersConcentratedPrivacyAsHalfItsSquare(
      @ForAll @Scale(12) @DoubleRange(min = 1e-3, max = 5) double epsilon,
      @ForAll @Scale(12) @DoubleRange(min = 1.01, max = 500) double alpha) {
    BigDecimal e = new BigDecimal(epsilon);
    BigDecimal rho = e.multiply(e).divide(BigDecimal.valueOf(2));

    assertThat(RenyiCurve.pure(e).at(alpha))
        .isLessThanOrEqualTo(RenyiCurve.concentrated(rho).at(alpha) * (1 + 1e-12));
  }

  @Test
  void aPureMechanismNeverCostsMoreThanItsEpsilon() {
    RenyiCurve curve = RenyiCurve.pure(new BigDecimal("0.7"));

    assertThat(curve.epsilon(1e-300)).isCloseTo(0.7, within(1e-12));
    assertThat(curve.epsilon(1e-3)).isLessThan(0.7);
  }

  @Property(tries = 60)
  void deltaAndEpsilonAreInverse(
      @ForAll @Scale(12) @DoubleRange(min = 1e-4, max = 5) double rho,
      @ForAll @Scale(12) @DoubleRange(min = 2, max = 14) double digits) {
    double delta = Math.pow(10, -digits);
    RenyiCurve curve = RenyiCurve.concentrated(new BigDecimal(rho));

    double epsilon = curve.epsilon(delta);

    if (epsilon > 0) {
      assertThat(curve.delta(epsilon)).isCloseTo(delta, within(delta * 1e-6));
    } else {
      assertThat(curve.delta(0)).isLessThanOrEqualTo(delta);
    }
  }

  @Test
  void curvesAddUp() {
    RenyiCurve one = RenyiCurve.concentrated(new BigDecimal("0.1"));
    RenyiCurve other = RenyiCurve.pure(new BigDecimal("0.5"));

    assertThat(one.times(3).plus(other).at(7))
        .isCloseTo(3 * one.at(7) + other.at(7), within(1e-12));
    assertThat(RenyiCurve.ZERO.epsilon(1e-9)).isLessThan(1e-7);
    assertThat(one.times(0).at(2)).isZero();
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(() -> RenyiCurve.ZERO.epsilon(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RenyiCurve.ZERO.delta(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RenyiCurve.ZERO.at(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
