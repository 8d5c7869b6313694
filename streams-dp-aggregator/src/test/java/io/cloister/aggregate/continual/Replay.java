// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a mechanism on two neighbouring streams with noise that gives both the same releases. The
 * difference of the two noises is what the mechanism's noise has to hide.
 *
 * @param sameReleases whether such noise exists, one value a node
 * @param l1 absolute differences of all nodes that were used, added up
 * @param squaredL2 their squares, added up
 */
record Replay(boolean sameReleases, BigInteger l1, BigInteger squaredL2) {
  /** From stream and noise to releases. */
  @FunctionalInterface
  interface Mechanism {
    List<BigInteger> released(long[] stream, NodeNoise noise);
  }

  private record Node(int level, long index) {}

  /** The sums of a stream over the steps of each node. */
  static NodeNoise nodeSums(TreeShape shape, long[] stream) {
    long[] sums = new long[stream.length + 1];
    for (int i = 0; i < stream.length; i++) {
      sums[i + 1] = sums[i] + stream[i];
    }
    return (level, index) -> {
      long width = 1;
      for (int i = 0; i < level; i++) {
        width *= shape.arity();
      }
      int from = (int) Math.min(index * width, stream.length);
      int to = (int) Math.min((index + 1) * width, stream.length);
      return BigInteger.valueOf(sums[to] - sums[from]);
    };
  }

  /** For trees: the noise of a node moves by what the streams differ by in its steps. */
  static Replay ofTree(
      Mechanism mechanism, TreeShape shape, long[] stream, long[] neighbour, NodeNoise noise) {
    long[] difference = new long[stream.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = stream[i] - neighbour[i];
    }
    NodeNoise shift = nodeSums(shape, difference);
    Map<Node, BigInteger> used = new HashMap<>();
    List<BigInteger> first = mechanism.released(stream, noise);
    List<BigInteger> second =
        mechanism.released(
            neighbour,
            (level, index) -> {
              BigInteger moved = shift.of(level, index);
              used.put(new Node(level, index), moved);
              return noise.of(level, index).add(moved);
            });
    return of(first.equals(second), used);
  }

  /**
   * For counters with noise in each step: solved for the neighbour's noise step by step, so that
   * the outputs are equal on the counter's grid.
   *
   * @param node which noise a step uses
   */
  static Replay ofToeplitz(
      ToeplitzCounter counter, NodeNoise node, long[] stream, long[] neighbour, NodeNoise noise) {
    Map<Node, BigInteger> used = new HashMap<>();
    List<BigInteger> unequal = new ArrayList<>();
    CounterState state = counter.start();
    CounterState other = counter.start();
    for (int i = 0; i < stream.length; i++) {
      long index = node.of(0, i).longValueExact();
      BigInteger drawn = noise.of(0, index);
      ContinualCounter.Step step =
          counter.next(state, BigInteger.valueOf(stream[i]), (level, at) -> drawn);
      BigInteger increment = BigInteger.valueOf(neighbour[i]);
      BigInteger without = onGrid(counter, counter.next(other, increment, Runs.NONE).state());
      BigInteger needed = onGrid(counter, step.state()).subtract(without);
      ContinualCounter.Step same = counter.next(other, increment, (level, at) -> needed);
      BigInteger moved = needed.subtract(drawn);
      BigInteger before = used.put(new Node(0, index), moved);
      if (!same.released().equals(step.released()) || (before != null && !before.equals(moved))) {
        unequal.add(step.released());
      }
      state = step.state();
      other = same.state();
    }
    return of(unequal.isEmpty(), used);
  }

  /** What is released, before it is rounded. */
  private static BigInteger onGrid(ToeplitzCounter counter, CounterState state) {
    return state.total().multiply(counter.grid()).add(state.noise().get(0));
  }

  private static Replay of(boolean same, Map<Node, BigInteger> used) {
    BigInteger l1 = BigInteger.ZERO;
    BigInteger squaredL2 = BigInteger.ZERO;
    for (BigInteger moved : used.values()) {
      l1 = l1.add(moved.abs());
      squaredL2 = squaredL2.add(moved.pow(2));
    }
    return new Replay(same, l1, squaredL2);
  }
}
