// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * Uniform and Bernoulli draws by integer comparison alone. {@link #exponential} is Algorithm 1 of
 * Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (arXiv 2004.00010),
 * for exponents from 0 to 1, all that Algorithm 2 asks for.
 */
final class ExactBernoulli {
  private final RandomBits bits;

  ExactBernoulli(RandomBits bits) {
    this.bits = bits;
  }

  /** Uniform on 0 to bound - 1, by rejection: no remainder, so no bias. */
  BigInteger uniform(BigInteger bound) {
    int count = bound.subtract(BigInteger.ONE).bitLength();
    if (count == 0) {
      return BigInteger.ZERO;
    }
    while (true) {
      BigInteger drawn = bits.next(count);
      if (drawn.compareTo(bound) < 0) {
        return drawn;
      }
    }
  }

  /** True with probability 1/2. */
  boolean fair() {
    return bits.next(1).signum() == 1;
  }

  /** True with probability exp(-numerator / denominator), 0 <= numerator <= denominator. */
  boolean exponential(BigInteger numerator, BigInteger denominator) {
    // Bernoulli(g/1), Bernoulli(g/2), ... until one fails, which happens at odd k with
    // probability 1 - g + g^2/2! - g^3/3! ... = exp(-g).
    long k = 1;
    while (true) {
      BigInteger bound = denominator.multiply(BigInteger.valueOf(k));
      if (uniform(bound).compareTo(numerator) >= 0) {
        return k % 2 == 1;
      }
      k++;
    }
  }
}
