// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * A symmetric distribution over the integers, drawn exactly: between the random bits and the drawn
 * integer there is integer arithmetic alone, so the attack of Mironov (CCS 2012) on rounded
 * logarithms finds nothing. What is told about a distribution is computed in floating point, which
 * is harmless, for it depends on parameters alone, which are public. Immutable.
 */
public sealed interface Noise permits DiscreteLaplace, DiscreteGaussian {
  /** The smallest probability that is told; smaller ones are told as this. */
  double SMALLEST_TAIL = 1e-300;

  /**
   * @param bits where the randomness comes from
   * @return one draw
   */
  BigInteger sample(RandomBits bits);

  /**
   * The same draw from the same bits as {@link #sample}, without allocation where the parameters
   * allow it.
   *
   * @param bits where the randomness comes from
   * @return one draw
   * @throws ArithmeticException when the draw does not fit; it is never moved to one that does
   */
  long sampleLong(RandomBits bits);

  /**
   * @return the name of the mechanism that adds this noise, such as {@code discrete-laplace}
   */
  String mechanism();

  /**
   * @return the mean of the draws' squares, which is their variance, within a millionth
   */
  double variance();

  /**
   * @param t not below zero
   * @return P(|X| > t), or a little more where rounding leaves doubt; at least {@link
   *     #SMALLEST_TAIL}
   */
  double tail(BigInteger t);

  /**
   * How far a value with this noise can be from the true one.
   *
   * @param error the chance of being further away, at least {@link #SMALLEST_TAIL} and below 1
   * @return the smallest t with P(|X| > t) <= error, or a little more where rounding leaves doubt
   */
  default BigInteger halfWidth(double error) {
    if (!(error >= SMALLEST_TAIL && error < 1)) {
      throw new IllegalArgumentException(
          "the chance of error is from " + SMALLEST_TAIL + " to below 1, not " + error);
    }
    if (tail(BigInteger.ZERO) <= error) {
      return BigInteger.ZERO;
    }
    BigInteger high = BigInteger.ONE;
    while (tail(high) > error) {
      high = high.shiftLeft(1);
    }
    BigInteger low = high.shiftRight(1);
    // tail(low) > error >= tail(high)
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (tail(middle) <= error) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * @return {@link #halfWidth} for an error of 1 in 20
   */
  default BigInteger halfWidth95() {
    return halfWidth(0.05);
  }
}
