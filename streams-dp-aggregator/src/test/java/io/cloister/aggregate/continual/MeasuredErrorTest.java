// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.KeyedBits;
import io.cloister.aggregate.noise.RandomBits;
import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measured against the formula. Seeds are fixed in the build and fresh in the long runs, where a
 * right counter is outside 2% less than once in 10,000 runs: the mean square of one step alone has
 * a spread of 0.5% to 0.7%.
 */
class MeasuredErrorTest {
  private static final int STEPS = 60;

  private record Measured(double squaredErrorRatio, double lastRatio, double withinInterval) {}

  @Test
  void theTreeErrsAsMuchAsTheFormulaSays() {
    assertFits(tree(new Random(1), 3_000), 0.06);
  }

  @Test
  void theToeplitzCounterErrsAsMuchAsTheFormulaSays() {
    assertFits(toeplitz(new Random(2), 3_000), 0.06);
  }

  @Test
  @Tag("soak")
  void overManyRunsTheTreeErrsAsMuchAsTheFormulaSays() {
    assertFits(tree(new Random(), 100_000), 0.02);
  }

  @Test
  @Tag("soak")
  void overManyRunsTheToeplitzCounterErrsAsMuchAsTheFormulaSays() {
    assertFits(toeplitz(new Random(), 100_000), 0.02);
  }

  private static void assertFits(Measured measured, double tolerance) {
    assertThat(measured.squaredErrorRatio()).isCloseTo(1, within(tolerance));
    assertThat(measured.lastRatio()).isCloseTo(1, within(2 * tolerance));
    assertThat(measured.withinInterval()).isBetween(0.95 - tolerance / 4, 0.955 + tolerance / 4);
  }

  private static Measured tree(Random random, int runs) {
    TreeCounter counter =
        new TreeCounter(STEPS, new PersonBound(2, 1, BigInteger.ONE), Rational.of(1, 2));
    DiscreteLaplace law = counter.law();
    byte[] key = new byte[KeyedBits.KEY_BYTES];
    random.nextBytes(key);
    RandomBits bits = new KeyedBits(key);
    return measure(counter, runs, () -> law.sample(bits));
  }

  private static Measured toeplitz(Random random, int runs) {
    ToeplitzCounter counter =
        new ToeplitzCounter(STEPS, new PersonBound(2, 1, BigInteger.ONE), Rational.of(1, 50));
    double sigma =
        Math.sqrt(counter.noiseVariance().toDecimal(MathContext.DECIMAL64).doubleValue());
    // With a deviation of 2^38 a rounded normal and the exact one are the same to such a test.
    return measure(
        counter,
        runs,
        () -> new BigDecimal(Math.rint(random.nextGaussian() * sigma)).toBigInteger());
  }

  private static Measured measure(ContinualCounter counter, int runs, Supplier<BigInteger> draw) {
    double[] squares = new double[STEPS];
    double[] widths = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      widths[i] = counter.halfWidth95(i + 1).doubleValue();
    }
    long inside = 0;
    for (int run = 0; run < runs; run++) {
      Map<Long, BigInteger> drawn = new HashMap<>();
      NodeNoise noise =
          (level, index) -> drawn.computeIfAbsent(level * 1_000L + index, node -> draw.get());
      List<BigInteger> released = Runs.released(counter, new long[STEPS], noise);
      for (int i = 0; i < STEPS; i++) {
        double error = released.get(i).doubleValue();
        squares[i] += error * error / runs;
        inside += Math.abs(error) <= widths[i] ? 1 : 0;
      }
    }
    double mean = 0;
    for (double square : squares) {
      mean += square / STEPS;
    }
    return new Measured(
        mean / counter.meanSquaredError(),
        squares[STEPS - 1] / counter.variance(STEPS),
        inside / (double) STEPS / runs);
  }
}
