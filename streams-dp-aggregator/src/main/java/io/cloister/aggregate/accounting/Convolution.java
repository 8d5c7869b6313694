// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

/**
 * Sums of independent integers, by all pairs: slower than a transform, exact to the last digits.
 */
final class Convolution {
  /** Smaller probabilities are raised to this, so that no product underflows. */
  private static final double FLOOR = 1e-140;

  private Convolution() {}

  /** Probabilities of sums, rounded up. */
  static double[] up(double[] a, double[] b) {
    double[] longer = raised(a.length >= b.length ? a : b);
    double[] shorter = raised(a.length >= b.length ? b : a);
    double[] sums = new double[a.length + b.length - 1];
    for (int i = 0; i < shorter.length; i++) {
      double mass = shorter[i];
      if (mass > 0) {
        for (int j = 0; j < longer.length; j++) {
          sums[i + j] += mass * longer[j];
        }
      }
    }
    // A sum of n products, none below zero, errs by at most (n + 1) 2^-53 of itself.
    double allowance = 1 + (shorter.length + 4) * 0x1p-52;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i] == 0 ? 0 : Directed.multiplyUp(sums[i], allowance);
    }
    return sums;
  }

  private static double[] raised(double[] masses) {
    double[] raised = masses.clone();
    for (int i = 0; i < raised.length; i++) {
      raised[i] = raised[i] == 0 ? 0 : Math.max(raised[i], FLOOR);
    }
    return raised;
  }
}
