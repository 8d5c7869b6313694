// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.Arrays;

/** Binary digits of exp(-v), as many as one asks for, by integer arithmetic. */
final class PowersOfE {
  /** How many terms are added between two looks at whether they suffice. */
  private static final int STRIDE = 16;

  /** floor(exp(-v) x 2^64) from v = 1 on; the last is zero. */
  private static final BigInteger[] WORDS = new BigInteger[45];

  static {
    for (int v = 1; v <= WORDS.length; v++) {
      WORDS[v - 1] = compute(v, Long.SIZE);
    }
  }

  private PowersOfE() {}

  /**
   * floor(exp(-v) x 2^64) from v = 1 on, unsigned; the last is zero, below which there is nothing.
   */
  static long[] words() {
    return Arrays.stream(WORDS).mapToLong(BigInteger::longValue).toArray();
  }

  /**
   * @param v at least 1
   * @return floor(exp(-v) x 2^places)
   */
  static BigInteger inverse(long v, int places) {
    boolean known = v <= WORDS.length && places <= Long.SIZE;
    return known ? WORDS[(int) v - 1].shiftRight(Long.SIZE - places) : compute(v, places);
  }

  private static BigInteger compute(long v, int places) {
    // exp(-v) = 1 / (1 + v + v^2 / 2! + ...). The sum up to the i-th term is sum / factorial, the
    // i-th term power / factorial. Where i + 1 >= 2 v, all later terms are at most half of what
    // precedes them, so that together they are at most the i-th.
    BigInteger sum = BigInteger.ONE;
    BigInteger power = BigInteger.ONE;
    BigInteger factorial = BigInteger.ONE;
    for (long i = 1; ; i++) {
      power = power.multiply(BigInteger.valueOf(v));
      factorial = factorial.multiply(BigInteger.valueOf(i));
      sum = sum.multiply(BigInteger.valueOf(i)).add(power);
      if (i % STRIDE == 0 && i >= 2 * v) {
        BigInteger scaled = factorial.shiftLeft(places);
        BigInteger least = scaled.divide(sum.add(power));
        // No power of e is a binary fraction, so bounds that are close enough agree.
        if (least.equals(scaled.divide(sum))) {
          return least;
        }
      }
    }
  }
}
