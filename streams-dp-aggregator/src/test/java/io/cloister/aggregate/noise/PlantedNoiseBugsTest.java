// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samplers with a bug planted in each, which the test that passes the right ones must not pass. */
class PlantedNoiseBugsTest {
  private static final int DRAWS = 100_000;

  /** A right sampler falls below this with one key in 1,000; the key is fixed. */
  private static final double UNLIKELY = 1e-3;

  private static final double SURELY_WRONG = 1e-9;

  private final KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);

  @Test
  void withoutABugTheCopyPasses() {
    assertThat(new Laplace(5).fit(DRAWS, () -> laplace(this::uniform, true, true)))
        .isGreaterThan(UNLIKELY);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "1, 1", "100, 1", "1000000007, 1", "1099511627776, 1"})
  void halfTheScale(long numerator, long denominator) {
    caught(
        new Laplace((double) numerator / denominator),
        new DiscreteLaplace(Rational.of(numerator, 2 * denominator)));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "10000, 1", "1099511627776, 1"})
  void halfTheSigma(long numerator, long denominator) {
    caught(
        new Gaussian((double) numerator / denominator),
        new DiscreteGaussian(Rational.of(numerator, 4 * denominator)));
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "100, 1", "1048576, 1"})
  void sigmaInPlaceOfItsSquare(long numerator, long denominator) {
    double sigma = (double) numerator / denominator;

    caught(new Gaussian(sigma * sigma), new DiscreteGaussian(Rational.of(numerator, denominator)));
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "25, 4", "10000, 1"})
  void gaussianDrawsThatAreNeverRejected(long numerator, long denominator) {
    Rational sigmaSquared = Rational.of(numerator, denominator);
    BigInteger t = new GaussianExponent(sigmaSquared).t();

    caught(
        new Gaussian(sigmaSquared.toDouble()),
        new DiscreteLaplace(new Rational(t, BigInteger.ONE)));
  }

  @Test
  void zeroWithEitherSign() {
    caught(new Laplace(5), () -> laplace(this::uniform, true, false));
  }

  @Test
  void noSign() {
    caught(new Laplace(5), () -> laplace(this::uniform, false, true));
  }

  @Test
  void aRemainderInPlaceOfAUniformDraw() {
    caught(new Laplace(5), () -> laplace(bound -> bits.next(3) % bound, true, true));
  }

  @Test
  void aUniformDrawThatMissesItsLastValue() {
    caught(new Laplace(5), () -> laplace(bound -> LongDraws.uniform(bits, bound - 1), true, true));
  }

  @Test
  void oneValueTakenForAnother() {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of(5, 1));
    Supplier<BigInteger> neverMinusOne =
        () -> {
          BigInteger drawn = noise.sample(bits);
          return drawn.equals(BigInteger.ONE.negate()) ? BigInteger.ONE : drawn;
        };

    caught(new Laplace(5), neverMinusOne);
  }

  /** Algorithm 2 with scale 5 once more, in parts that can be wrong. */
  private BigInteger laplace(LongUnaryOperator low, boolean signed, boolean oneZero) {
    long scale = 5;
    while (true) {
      long magnitude = low.applyAsLong(scale);
      if (LongDraws.exponential(bits, magnitude, scale)) {
        magnitude += scale * LongDraws.geometric(bits);
        boolean negative = signed && LongDraws.fair(bits);
        if (!negative || magnitude != 0 || !oneZero) {
          return BigInteger.valueOf(negative ? -magnitude : magnitude);
        }
      }
    }
  }

  private long uniform(long bound) {
    return LongDraws.uniform(bits, bound);
  }

  private void caught(Law law, Noise noise) {
    caught(law, () -> noise.sample(bits));
  }

  private static void caught(Law law, Supplier<BigInteger> sampler) {
    assertThat(law.fit(DRAWS, sampler)).isLessThan(SURELY_WRONG);
  }
}
