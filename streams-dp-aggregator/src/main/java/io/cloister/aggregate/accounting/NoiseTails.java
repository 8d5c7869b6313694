// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Predicate;

/** How far noise reaches: bounds from above on how likely it is to be large. */
public final class NoiseTails {
  private NoiseTails() {}

  /**
   * @param scale of discrete Laplace noise X
   * @param probability above 0
   * @return the least k above 0 with P(X >= k) at most the probability, or one that is hardly more
   */
  public static BigInteger leastLaplace(Rational scale, BigDecimal probability) {
    double limit = Directed.down(probability);
    double inverseUp = Directed.up(Directed.quotientUp(scale.denominator(), scale.numerator()));
    double inverseDown =
        Directed.down(Directed.quotientDown(scale.denominator(), scale.numerator()));
    double onePlusQ = Math.nextDown(1 + Directed.expDown(-inverseUp));
    // P(X >= k) = q^k / (1 + q).
    return least(
        k -> {
          double exponent = -Directed.multiplyDown(Directed.down(k), inverseDown);
          return Directed.divideUp(Directed.expUp(exponent), onePlusQ) <= limit;
        });
  }

  /**
   * @param sigmaSquared of discrete Gaussian noise X
   * @param probability above 0
   * @return the least k above 0 with P(X >= k) at most the probability, or one that is hardly more
   */
  public static BigInteger leastGaussian(Rational sigmaSquared, BigDecimal probability) {
    double limit = Directed.down(probability);
    Bell bell = new Bell(sigmaSquared);
    return least(k -> bell.beyond(k.subtract(BigInteger.ONE)) <= limit);
  }

  /** By doubling, then halving. */
  private static BigInteger least(Predicate<BigInteger> enough) {
    BigInteger high = BigInteger.ONE;
    while (!enough.test(high)) {
      high = high.shiftLeft(1);
      if (high.bitLength() > 1000) {
        throw new IllegalArgumentException("a probability above 0");
      }
    }
    BigInteger low = high.shiftRight(1);
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (enough.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
