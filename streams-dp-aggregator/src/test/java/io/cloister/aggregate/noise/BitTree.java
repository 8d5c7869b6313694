// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/** Runs a sampler on every string of bits, so that its distribution is known without chance. */
final class BitTree implements RandomBits {
  private final int prefix;
  private final int length;
  private int used;

  private static final class OutOfBits extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfBits() {
      super(null, null, false, false);
    }
  }

  private BitTree(int prefix, int length) {
    this.prefix = prefix;
    this.length = length;
  }

  /** Fills in the chance of each outcome; returns the chance of needing more than depth bits. */
  static double explore(Function<RandomBits, Long> sampler, int depth, Map<Long, Double> mass) {
    return explore(sampler, depth, mass, 0, 0);
  }

  private static double explore(
      Function<RandomBits, Long> sampler,
      int depth,
      Map<Long, Double> mass,
      int prefix,
      int length) {
    try {
      mass.merge(sampler.apply(new BitTree(prefix, length)), Math.pow(2, -length), Double::sum);
      return 0;
    } catch (OutOfBits e) {
      if (length == depth) {
        return Math.pow(2, -length);
      }
      return explore(sampler, depth, mass, prefix << 1, length + 1)
          + explore(sampler, depth, mass, prefix << 1 | 1, length + 1);
    }
  }

  @Override
  public BigInteger next(int count) {
    if (used + count > length) {
      throw new OutOfBits();
    }
    used += count;
    return BigInteger.valueOf((prefix >> (length - used)) & ((1 << count) - 1));
  }
}
