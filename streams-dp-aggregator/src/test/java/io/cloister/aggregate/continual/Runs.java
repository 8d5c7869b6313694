// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.DerivedBits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Counters at work over whole streams. */
final class Runs {
  static final NodeNoise NONE = (level, index) -> BigInteger.ZERO;

  private Runs() {}

  static List<BigInteger> released(ContinualCounter counter, long[] stream, NodeNoise noise) {
    List<BigInteger> released = new ArrayList<>();
    CounterState state = counter.start();
    for (long increment : stream) {
      ContinualCounter.Step step = counter.next(state, BigInteger.valueOf(increment), noise);
      released.add(step.released());
      state = step.state();
    }
    return released;
  }

  static List<BigInteger> totals(long[] stream) {
    List<BigInteger> totals = new ArrayList<>();
    BigInteger total = BigInteger.ZERO;
    for (long increment : stream) {
      total = total.add(BigInteger.valueOf(increment));
      totals.add(total);
    }
    return totals;
  }

  /** Arbitrary integers by identity, up to so many bits, of either sign. */
  static NodeNoise arbitrary(long seed, int bits) {
    Map<List<Long>, BigInteger> drawn = new HashMap<>();
    return (level, index) ->
        drawn.computeIfAbsent(
            List.of((long) level, index),
            node -> {
              Random random = new Random(seed * 31 + node.hashCode());
              BigInteger magnitude = new BigInteger(bits, random);
              return random.nextBoolean() ? magnitude : magnitude.negate();
            });
  }

  /** As a pipeline has them, each seed a counter. */
  static NodeBits bits(long seed) {
    DerivedBits bits = new DerivedBits(new byte[DerivedBits.SECRET_BYTES]);
    return NodeBits.derived(bits, ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
  }

  static long[] stream(Random random, int steps) {
    return random.longs(steps, -1000, 1000).toArray();
  }
}
