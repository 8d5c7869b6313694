// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a fixed key every draw is fixed, so these tests always pass or never. */
class DiscreteLaplaceTest {
  private static final int DRAWS = 20_000;

  /** A right sampler falls below this once in 1,000 keys. */
  private static final double FALSE_ALARM = 1e-3;

  private static final double SURELY_WRONG = 1e-9;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1, 3",
    "2, 3",
    "5, 2",
    "100, 1",
    "3000000000, 30000000",
    "1000000007, 1",
    "40000000000000, 7"
  })
  void drawsFollowTheExactDistribution(long numerator, long denominator) {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of(numerator, denominator));
    RandomBits bits = bits();

    double fit = law(numerator, denominator).fit(DRAWS, () -> noise.sample(bits));

    assertThat(fit).isGreaterThan(FALSE_ALARM);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 2", "1, 3"})
  void aZeroDrawnWithBothSignsIsNoticed(long numerator, long denominator) {
    RandomBits bits = bits();

    double fit =
        law(numerator, denominator)
            .fit(DRAWS, () -> withZeroTwice(Rational.of(numerator, denominator), bits));

    assertThat(fit).isLessThan(SURELY_WRONG);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "100, 1", "1000000007, 1"})
  void halfTheScaleIsNoticed(long numerator, long denominator) {
    DiscreteLaplace half = new DiscreteLaplace(Rational.of(numerator, 2 * denominator));
    RandomBits bits = bits();

    double fit = law(numerator, denominator).fit(DRAWS, () -> half.sample(bits));

    assertThat(fit).isLessThan(SURELY_WRONG);
  }

  @Test
  void aPositiveBiasIsNoticed() {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of(5, 2));
    RandomBits bits = bits();
    Supplier<BigInteger> neverMinusOne =
        () -> {
          BigInteger drawn = noise.sample(bits);
          return drawn.equals(BigInteger.ONE.negate()) ? BigInteger.ONE : drawn;
        };

    assertThat(law(5, 2).fit(DRAWS, neverMinusOne)).isLessThan(SURELY_WRONG);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1"})
  void everyBitStringTogetherGivesTheExactDistribution(long numerator, long denominator) {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of(numerator, denominator));
    Map<Long, Double> mass = new HashMap<>();

    double undecided = BitTree.explore(bits -> noise.sample(bits).longValueExact(), 18, mass);

    Laplace law = law(numerator, denominator);
    assertThat(undecided).isLessThan(0.2);
    mass.forEach(
        (x, found) -> {
          assertThat(found).isBetween(0.0, law.pmf(x) + 1e-12);
          assertThat(found).isGreaterThanOrEqualTo(law.pmf(x) - undecided - 1e-12);
          // The sign is drawn last, so both signs are cut off alike up to that one bit.
          assertThat(found).isEqualTo(mass.getOrDefault(-x, 0.0), within(undecided));
        });
    assertThat(mass.keySet()).contains(0L, 1L, -1L, 2L, -2L);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "1, 50", "5, 2", "100, 1", "1000000, 7"})
  void theIntervalIsTheSmallestThatHolds95OutOf100(long numerator, long denominator) {
    Laplace law = law(numerator, denominator);

    long t = new DiscreteLaplace(Rational.of(numerator, denominator)).halfWidth95().longValue();

    assertThat(beyond(law, t)).isLessThanOrEqualTo(0.05);
    assertThat(t == 0 || beyond(law, t - 1) > 0.05).isTrue();
  }

  private static double beyond(Laplace law, long t) {
    return 2 * law.cdf((double) -t - 1);
  }

  private static BigInteger withZeroTwice(Rational scale, RandomBits bits) {
    BigInteger magnitude = new DiscreteLaplace(scale).sample(bits);
    while (magnitude.signum() < 0) {
      magnitude = new DiscreteLaplace(scale).sample(bits);
    }
    // Given a magnitude, a sign by a fair coin: right for all but zero, which has both at once.
    return bits.next(1).signum() == 0 ? magnitude : magnitude.negate();
  }

  private static Laplace law(long numerator, long denominator) {
    return new Laplace((double) numerator / denominator);
  }

  private static RandomBits bits() {
    return new KeyedBits(new byte[KeyedBits.KEY_BYTES]);
  }
}
