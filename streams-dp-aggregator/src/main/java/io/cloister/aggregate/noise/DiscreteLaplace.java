// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Integer noise X with P(X = x) proportional to exp(-|x| / scale), drawn exactly by Algorithm 2 of
 * Canonne, Kamath and Steinke (arXiv 2004.00010): between the random bits and the integer there is
 * integer arithmetic alone, so the attack of Mironov (CCS 2012) on rounded logarithms finds
 * nothing. Added to integers whose L1 sensitivity is at most s, scale s / epsilon gives pure
 * epsilon-differential privacy.
 *
 * @param scale exact, in units of the value that the noise is added to
 */
public record DiscreteLaplace(Rational scale) {
  private static final double TAIL = 0.05;

  /**
   * @param bits where the randomness comes from
   * @return one draw
   */
  public BigInteger sample(RandomBits bits) {
    ExactBernoulli bernoulli = new ExactBernoulli(bits);
    BigInteger t = scale.numerator();
    BigInteger s = scale.denominator();
    while (true) {
      BigInteger low = bernoulli.uniform(t);
      if (!bernoulli.exponential(low, t)) {
        continue;
      }
      BigInteger high = BigInteger.ZERO;
      while (bernoulli.exponential(BigInteger.ONE, BigInteger.ONE)) {
        high = high.add(BigInteger.ONE);
      }
      BigInteger magnitude = low.add(t.multiply(high)).divide(s);
      boolean negative = bernoulli.fair();
      // Zero would be drawn with either sign, twice as often as it should be.
      if (negative && magnitude.signum() == 0) {
        continue;
      }
      return negative ? magnitude.negate() : magnitude;
    }
  }

  /**
   * How far a value with this noise can be from the true one. Computed in floating point, which is
   * harmless: it depends on the scale alone, which is public.
   *
   * @return the smallest t with P(|X| > t) <= 0.05, or a little more where rounding leaves doubt
   */
  public BigInteger halfWidth95() {
    // P(|X| > t) = 2 p^(t+1) / (1 + p) with p = exp(-1 / scale).
    double b = scale.toDecimal(MathContext.DECIMAL64).doubleValue();
    double p = Math.exp(-1 / b);
    double exact = b * Math.log(2 / ((1 + p) * TAIL)) - 1;
    double outward = exact + Math.abs(exact) * 1e-12;
    return new BigDecimal(Math.max(0, Math.ceil(outward))).toBigIntegerExact();
  }
}
