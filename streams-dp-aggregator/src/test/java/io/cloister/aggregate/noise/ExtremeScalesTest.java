// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From scales that leave nothing to scales beyond every machine word, nothing is cut off. */
class ExtremeScalesTest {
  private static final int DRAWS = 4_000;

  /** Five standard deviations of a fair coin; the key is fixed. */
  private static final double FAIR = 5 * Math.sqrt(0.25 / DRAWS);

  private final KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);

  @ParameterizedTest
  @ValueSource(ints = {6, 20, 60, 200})
  void aScaleNearNothingLeavesEveryValueAsItIs(int power) {
    Rational scale = new Rational(BigInteger.ONE, BigInteger.ONE.shiftLeft(power));
    Rational squared = new Rational(BigInteger.ONE, BigInteger.ONE.shiftLeft(2 * power));

    for (int i = 0; i < DRAWS; i++) {
      assertThat(new DiscreteLaplace(scale).sample(bits)).isZero();
      assertThat(new DiscreteGaussian(squared).sample(bits)).isZero();
    }
  }

  static Stream<Integer> large() {
    return Stream.of(40, 55, 56, 57, 61, 62, 63, 64, 127, 128, 300);
  }

  @ParameterizedTest
  @MethodSource("large")
  void aLargeScaleIsDrawnToTheLastDigitAndToTheFarEnd(int power) {
    BigInteger scale = BigInteger.ONE.shiftLeft(power);

    // Half of a Laplace distribution is within ln 2 scales of zero, of a normal one within .6745.
    check(new DiscreteLaplace(new Rational(scale, BigInteger.ONE)), scale, 693_147);
    check(
        new DiscreteGaussian(new Rational(scale.multiply(scale), BigInteger.ONE)), scale, 674_490);
  }

  private void check(Noise noise, BigInteger scale, long medianMillionths) {
    BigInteger median =
        scale.multiply(BigInteger.valueOf(medianMillionths)).divide(BigInteger.valueOf(1_000_000));
    BigInteger farthest = BigInteger.ZERO;
    int odd = 0;
    int negative = 0;
    int near = 0;
    for (int i = 0; i < DRAWS; i++) {
      BigInteger drawn = noise.sample(bits);
      odd += drawn.testBit(0) ? 1 : 0;
      negative += drawn.signum() < 0 ? 1 : 0;
      near += drawn.abs().compareTo(median) < 0 ? 1 : 0;
      farthest = farthest.max(drawn.abs());
    }
    assertThat((double) odd / DRAWS).isBetween(0.5 - FAIR, 0.5 + FAIR);
    assertThat((double) negative / DRAWS).isBetween(0.5 - FAIR, 0.5 + FAIR);
    assertThat((double) near / DRAWS).isBetween(0.5 - FAIR, 0.5 + FAIR);
    // One of 4,000 draws is beyond 2.7 scales but for one key in 10^11.
    assertThat(farthest)
        .isGreaterThan(scale.multiply(BigInteger.valueOf(27)).divide(BigInteger.TEN));
  }
}
