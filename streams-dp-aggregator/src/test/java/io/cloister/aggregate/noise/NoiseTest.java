// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a distribution tells of itself, against its formula. */
class NoiseTest {
  private static final double[] ERRORS = {0.5, 0.32, 0.05, 1e-3, 1e-9};

  static Stream<Sampled> narrow() {
    return Stream.of(
        Sampled.laplace("1", "50"),
        Sampled.laplace("1", "3"),
        Sampled.laplace("1", "1"),
        Sampled.laplace("5", "2"),
        Sampled.laplace("100", "1"),
        Sampled.laplace("1000", "7"),
        Sampled.gaussian("1", "100"),
        Sampled.gaussian("1", "9"),
        Sampled.gaussian("2", "1"),
        Sampled.gaussian("159", "10"),
        Sampled.gaussian("16", "1"),
        Sampled.gaussian("1000", "7"),
        Sampled.gaussian("10000", "1"));
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void tailsAreNeverBelowTheFormulaAndHardlyAbove(Sampled sampled) {
    double reach = 6 * Math.sqrt(sampled.noise().variance()) + 1;

    for (long t = 0; t < reach; t++) {
      double exact = beyond(sampled.law(), t);
      double told = sampled.noise().tail(BigInteger.valueOf(t));
      assertThat(told).isGreaterThanOrEqualTo(exact * (1 - 1e-9));
      assertThat(told).isLessThanOrEqualTo(Math.max(1e-300, exact * 1.15 + 1e-15));
    }
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void theHalfWidthIsTheSmallestThatHolds(Sampled sampled) {
    for (double error : ERRORS) {
      long t = sampled.noise().halfWidth(error).longValueExact();

      assertThat(beyond(sampled.law(), t)).isLessThanOrEqualTo(error * (1 + 1e-9));
      // Of Gaussian noise it is within one, where the interval is narrower than sigma.
      long slack = sampled.noise() instanceof DiscreteGaussian ? 2 : 1;
      assertThat(t < slack || beyond(sampled.law(), t - slack) > error).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void theVarianceIsTheMeanSquare(Sampled sampled) {
    double squares = 0;
    for (long x = 1; x < 20_000; x++) {
      squares += 2.0 * x * x * sampled.law().pmf(x);
    }

    assertThat(sampled.noise().variance())
        .isCloseTo(squares, Percentage.withPercentage(1e-4))
        .isGreaterThanOrEqualTo(0);
  }

  @Test
  void withALargeScaleBothAreAsTheContinuousOnes() {
    BigInteger scale = BigInteger.ONE.shiftLeft(40);
    double b = scale.doubleValue();
    Noise laplace = new DiscreteLaplace(new Rational(scale, BigInteger.ONE));
    Noise gaussian = new DiscreteGaussian(new Rational(scale.multiply(scale), BigInteger.ONE));

    assertThat(laplace.halfWidth95().doubleValue() / b).isCloseTo(Math.log(20), within(1e-9));
    assertThat(gaussian.halfWidth95().doubleValue() / b).isCloseTo(1.959963985, within(1e-8));
    assertThat(laplace.variance() / b / b).isCloseTo(2, within(1e-9));
    assertThat(gaussian.variance() / b / b).isCloseTo(1, within(1e-9));
  }

  @Test
  void itHasTheNameOfItsMechanism() {
    assertThat(new DiscreteLaplace(Rational.of(1, 1)).mechanism()).isEqualTo("discrete-laplace");
    assertThat(new DiscreteGaussian(Rational.of(1, 1)).mechanism()).isEqualTo("discrete-gaussian");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, 1e-301, Double.NaN})
  void aChanceOfErrorThatIsNoneIsRefused(double error) {
    assertThatThrownBy(() -> new DiscreteLaplace(Rational.of(1, 1)).halfWidth(error))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parametersBeyondWhatCanBeToldOfAreRefused() {
    Rational huge = new Rational(BigInteger.ONE.shiftLeft(1024), BigInteger.ONE);

    assertThatThrownBy(() -> new DiscreteLaplace(huge)).hasMessageContaining("2^1024");
    assertThatThrownBy(() -> new DiscreteGaussian(huge)).hasMessageContaining("2^1024");
  }

  private static double beyond(Law law, long t) {
    return 2 * law.cdf((double) -t - 1);
  }
}
