// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.util.Map;
import java.util.function.Function;

/**
 * Runs a draw on every string of bits, read one at a time, so that its distribution is known
 * without chance.
 */
final class BitTree implements RandomBits {
  private final long prefix;
  private final int length;
  private int used;

  private static final class OutOfBits extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfBits() {
      super(null, null, false, false);
    }
  }

  private BitTree(long prefix, int length) {
    this.prefix = prefix;
    this.length = length;
  }

  /** Fills in the chance of each outcome; returns the chance of needing more than depth bits. */
  static double explore(Function<ExactDraws, Long> draw, int depth, Map<Long, Double> mass) {
    return explore(draw, depth, mass, 0, 0);
  }

  private static double explore(
      Function<ExactDraws, Long> draw, int depth, Map<Long, Double> mass, long prefix, int length) {
    try {
      long drawn = draw.apply(new ExactDraws(new BitTree(prefix, length), 1));
      mass.merge(drawn, Math.pow(2, -length), Double::sum);
      return 0;
    } catch (OutOfBits e) {
      if (length == depth) {
        return Math.pow(2, -length);
      }
      return explore(draw, depth, mass, prefix << 1, length + 1)
          + explore(draw, depth, mass, prefix << 1 | 1, length + 1);
    }
  }

  @Override
  public long next(int count) {
    if (used + count > length) {
      throw new OutOfBits();
    }
    used += count;
    return (prefix >> (length - used)) & ((1L << count) - 1);
  }

  @Override
  public long next() {
    throw new AssertionError("whole words are not enumerated");
  }
}
