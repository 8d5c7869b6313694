// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigInteger;
import java.util.List;

/**
 * A buffered linear Toeplitz matrix C (Dvijotham, McMahan, Pillutla, Steinke, Thakurta, arXiv
 * 2404.16706, section 3), exactly as written: lower triangular, 1 on the diagonal, and j below it
 * the sum over modes of weight (1 - gap)^(j - 1). A product with it needs one number a mode. Its
 * entries are never below zero and never grow away from the diagonal, which bounds of sensitivity
 * rest on.
 *
 * @param modes none gives the identity
 */
record ToeplitzMatrix(List<Mode> modes) {
  /** Weights and gaps are fractions with the denominator 2^PLACES. */
  static final int PLACES = 40;

  static final long ONE = 1L << PLACES;

  /**
   * @param weight in units of 2^-40, above 0
   * @param gap in units of 2^-40, above 0 and at most 1
   */
  record Mode(long weight, long gap) {
    Mode {
      if (weight < 1 || weight > ONE || gap < 1 || gap > ONE) {
        throw new IllegalArgumentException("a weight and a gap are above 0 and at most 1");
      }
    }

    static Mode of(double weight, double gap) {
      return new Mode(Math.round(weight * ONE), Math.round(gap * ONE));
    }

    double weightAsDouble() {
      return (double) weight / ONE;
    }

    double gapAsDouble() {
      return (double) gap / ONE;
    }
  }

  ToeplitzMatrix {
    modes = List.copyOf(modes);
    if (modes.stream().mapToLong(Mode::weight).sum() > ONE) {
      throw new IllegalArgumentException("weights together are at most 1");
    }
  }

  /**
   * A bound of the squared norm of C times ones in the first {@code count} steps, zeros after. No
   * other {@code count} steps have a larger norm: the inner product of two columns is the larger
   * the nearer they are and the earlier they begin, since entries are not negative and do not grow.
   *
   * @param count at least 1 and at most all steps
   * @return in units of 2^-40, at least the true value: whatever is rounded is rounded up, and only
   *     numbers above zero are added
   */
  BigInteger squaredNormOfFirst(long count, long steps) {
    // A state is at most count and an entry at most count + 1: 62 bits with these places.
    int places = 61 - (Long.SIZE - Long.numberOfLeadingZeros(count));
    long[] states = new long[modes.size()];
    BigInteger sum = BigInteger.ZERO;
    for (long step = 0; step < steps; step++) {
      long input = step < count ? 1L << places : 0;
      long entry = input;
      for (int i = 0; i < states.length; i++) {
        Mode mode = modes.get(i);
        entry += productUp(states[i], mode.weight());
        states[i] = productUp(states[i], ONE - mode.gap()) + input;
      }
      sum = sum.add(BigInteger.valueOf(entry).pow(2));
    }
    return sum.negate().shiftRight(2 * places - PLACES).negate();
  }

  /** A number below 2^62 times a fraction in units of 2^-40, rounded up. */
  private static long productUp(long number, long fraction) {
    long high = Math.multiplyHigh(number, fraction);
    long low = number * fraction;
    long whole = (high << (Long.SIZE - PLACES)) | (low >>> PLACES);
    return (low & (ONE - 1)) == 0 ? whole : whole + 1;
  }
}
