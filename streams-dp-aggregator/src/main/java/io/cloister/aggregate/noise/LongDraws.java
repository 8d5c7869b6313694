// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * The draws of {@link ExactDraws} from the same digits, in 64 and 128 bits. Where these do not
 * decide, {@link ExactDraws} goes on from the digits that were read.
 */
final class LongDraws {
  /** Bounds and denominators are below 2^56, so that times 64 they are below 2^62. */
  static final int MAX_BITS = 56;

  /** Fewer successes in a row are counted here; so many come with probability exp(-64). */
  static final int MANY = 64;

  /** So many trials of Algorithm 1 are made here; one more comes with probability 1/64!. */
  static final long MAX_TRIALS = 64;

  private static final long[] POWERS = PowersOfE.words();

  private LongDraws() {}

  /** Uniform on 0 to bound - 1. */
  static long uniform(RandomBits bits, long bound) {
    if (bound == 1) {
      return 0;
    }
    long word = bits.next();
    // r x bound is from product / 2^64 on, and less than bound / 2^64 above that.
    long high = multiplyHigh(word, bound);
    if (Long.compareUnsigned(word * bound, -bound) <= 0) {
      return high;
    }
    return new ExactDraws(bits).uniform(BigInteger.valueOf(bound), word).longValueExact();
  }

  /** True with probability numerator / denominator; 0 <= numerator <= denominator < 2^62. */
  static boolean bernoulli(RandomBits bits, long numerator, long denominator) {
    long rest = numerator;
    while (rest > 0 && rest < denominator) {
      // What is left to compare is rest x 2^64 - word x denominator, as in ExactDraws.
      long word = bits.next();
      long high = multiplyHigh(word, denominator);
      if (high != rest - 1) {
        return high < rest;
      }
      // It is 2^64 - low, from 1 to 2^64.
      long low = word * denominator;
      if (low == 0 || Long.compareUnsigned(-low, denominator) >= 0) {
        return true;
      }
      rest = -low;
    }
    return rest > 0;
  }

  /** True with probability 1/2. */
  static boolean fair(RandomBits bits) {
    return bits.next() >= 0;
  }

  /** True with probability exp(-numerator / denominator); 0 <= numerator <= denominator < 2^56. */
  static boolean exponential(RandomBits bits, long numerator, long denominator) {
    long k = 1;
    while (bernoulli(bits, numerator, denominator * k)) {
      k++;
      if (k > MAX_TRIALS) {
        return new ExactDraws(bits)
            .exponential(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), k);
      }
    }
    return k % 2 == 1;
  }

  /** How often in a row a trial succeeds that does so with probability 1/e. */
  static long geometric(RandomBits bits) {
    long word = bits.next();
    int v = 0;
    while (Long.compareUnsigned(word, POWERS[v]) < 0) {
      v++;
    }
    return word == POWERS[v] ? new ExactDraws(bits).geometric(word) : v;
  }

  /** x on 0 to bound - 1 with probabilities proportional to exp(-x / bound). */
  static long decaying(RandomBits bits, long bound) {
    long x = uniform(bits, bound);
    while (!exponential(bits, x, bound)) {
      x = uniform(bits, bound);
    }
    return x;
  }

  /** The upper half of an unsigned factor times one that is not negative. */
  static long multiplyHigh(long unsigned, long factor) {
    return Math.multiplyHigh(unsigned, factor) + ((unsigned >> (Long.SIZE - 1)) & factor);
  }
}
