// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks from 0 by Zipf's law: rank r has a weight of 1 / (r + 1)^exponent. */
final class Zipf {
  private final double[] cumulative;

  /**
   * @param ranks how many ranks, at least 1
   * @param exponent 0 for equal weights; the larger, the steeper
   */
  Zipf(int ranks, double exponent) {
    if (ranks < 1) {
      throw new IllegalArgumentException("at least one rank, not " + ranks);
    }
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      cumulative[rank] = sum;
    }
  }

  int draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return found >= 0 ? Math.min(found + 1, cumulative.length - 1) : -found - 1;
  }
}
