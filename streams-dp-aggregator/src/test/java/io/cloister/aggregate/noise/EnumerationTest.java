// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every string of bits leads to, without chance: each outcome has the mass it should have. */
class EnumerationTest {
  private static final double ROUNDING = 1e-12;

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5", "7", "12"})
  void uniformDrawsAreEquallyLikely(long bound) {
    check(
        draws -> draws.uniform(BigInteger.valueOf(bound)).longValueExact(),
        22,
        1e-5,
        x -> x >= 0 && x < bound ? 1.0 / bound : 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1, 2", "1, 3", "3, 7", "6, 7", "5, 8"})
  void trialsSucceedWithTheirProbability(long numerator, long denominator) {
    double p = (double) numerator / denominator;

    check(
        draws ->
            draws.bernoulli(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator))
                ? 1L
                : 0,
        30,
        1e-8,
        x -> x == 1 ? p : 1 - p);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 3", "1, 1", "3, 2", "5, 1"})
  void exponentialTrialsSucceedWithTheirProbability(long numerator, long denominator) {
    double p = Math.exp(-(double) numerator / denominator);

    check(
        draws ->
            draws.exponential(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator))
                ? 1L
                : 0,
        18,
        1e-2,
        x -> x == 1 ? p : 1 - p);
  }

  @Test
  void successesAreCountedWithTheirProbability() {
    check(ExactDraws::geometric, 30, 1e-7, x -> Math.exp(-(double) x) * (1 - Math.exp(-1)));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "6"})
  void decayingDrawsHaveTheirProbabilities(long bound) {
    double p = Math.exp(-1.0 / bound);

    check(
        draws -> draws.decaying(BigInteger.valueOf(bound)).longValueExact(),
        18,
        0.15,
        x -> x < bound ? Math.pow(p, (double) x) * (1 - p) / (1 - Math.exp(-1)) : 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 5", "2, 1", "3, 2", "5, 3"})
  void discreteLaplaceIsExact(long numerator, long denominator) {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of(numerator, denominator));

    check(
        draws -> noise.sample(draws, 0).longValueExact(),
        16,
        0.45,
        new Laplace((double) numerator / denominator)::pmf);
  }

  @ParameterizedTest
  @CsvSource({"1, 9", "1, 2", "1, 1", "2, 1", "9, 2", "10, 1"})
  void discreteGaussianIsExact(long numerator, long denominator) {
    DiscreteGaussian noise = new DiscreteGaussian(Rational.of(numerator, denominator));

    check(
        draws -> noise.sample(draws, 0).longValueExact(),
        16,
        0.55,
        new Gaussian((double) numerator / denominator)::pmf);
  }

  /** No outcome has more than its mass, and all together lack what is undecided. */
  private static void check(
      Function<ExactDraws, Long> draw, int depth, double open, LongToDoubleFunction pmf) {
    Map<Long, Double> mass = new HashMap<>();

    double undecided = BitTree.explore(draw, depth, mass);

    assertThat(undecided).isLessThan(open);
    mass.forEach(
        (x, found) ->
            assertThat(found)
                .as("mass of %d", x)
                .isBetween(
                    pmf.applyAsDouble(x) - undecided - ROUNDING, pmf.applyAsDouble(x) + ROUNDING));
  }
}
