// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.aggregate;

/**
 * Mean squared errors of running totals by simpler mechanisms, with continuous noise of the least
 * scale; for values from 0 to 1 of a person who counts in several steps. Under pure epsilon in
 * units of 1 / epsilon^2, under zCDP in units of 1 / (2 rho).
 *
 * @param steps how many steps there are
 * @param count in how many of them a person counts, at most all
 */
record OtherTotals(long steps, long count) {
  /** A fresh release of the total in each step: a person is in every total from the first on. */
  double freshTotalsPure() {
    double l1 = 0;
    for (long step = 1; step <= steps; step++) {
      l1 += Math.min(step, count);
    }
    return 2 * l1 * l1;
  }

  double freshTotalsConcentrated() {
    double squaredL2 = 0;
    for (long step = 1; step <= steps; step++) {
      squaredL2 += (double) Math.min(step, count) * Math.min(step, count);
    }
    return squaredL2;
  }

  /** A fresh release of the window alone in each step, added up by the reader. */
  double freshWindowsPure() {
    return 2.0 * count * count * (steps + 1) / 2;
  }

  double freshWindowsConcentrated() {
    return count * (steps + 1) / 2.0;
  }

  /** The binary tree: a total is the sum of a node for each 1 in the step's binary digits. */
  double binaryTreePure() {
    double l1 = (double) count * levels();
    return 2 * l1 * l1 * meanOnes();
  }

  double binaryTreeConcentrated() {
    double squaredL2 = 0;
    for (int level = 0; level < levels(); level++) {
      long width = 1L << level;
      long full = count / width;
      double rest = count % width;
      squaredL2 += (double) full * width * width + rest * rest;
    }
    return squaredL2 * meanOnes();
  }

  private int levels() {
    return Long.SIZE - Long.numberOfLeadingZeros(steps);
  }

  private double meanOnes() {
    long ones = 0;
    for (long step = 1; step <= steps; step++) {
      ones += Long.bitCount(step);
    }
    return (double) ones / steps;
  }
}
