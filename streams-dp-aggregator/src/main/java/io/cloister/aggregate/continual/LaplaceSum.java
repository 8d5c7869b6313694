// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How far a sum of independent Laplace noises can be off. In floating point, and of continuous
 * noise: it depends on public parameters alone and is for people to read.
 */
final class LaplaceSum {
  private static final double TAIL = 0.05;
  private static final double NORMAL_95 = 1.959963984540054;

  /** From here on the normal distribution differs by less than 1%. */
  private static final long MANY = 256;

  private LaplaceSum() {}

  /**
   * The smallest t, rounded up, that the sum of so many noises of this scale exceeds in 1 of 20.
   */
  static BigInteger halfWidth95(long terms, double scale) {
    double width = terms < MANY ? quantile((int) terms) : NORMAL_95 * Math.sqrt(2.0 * terms);
    return new BigDecimal(Math.ceil(width * scale)).toBigIntegerExact();
  }

  private static double quantile(int terms) {
    double low = 0;
    double high = 100 * Math.sqrt(terms);
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (beyond(terms, middle) > TAIL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * P(|sum| > x) for scale 1. The sum's magnitude is that of a difference of two gamma variables of
   * shape n: a mixture of gammas of shape n - k with weights 2 C(n - 1 + k, k) / 2^(n + k).
   */
  private static double beyond(int n, double x) {
    double weight = 2 * Math.pow(0.5, n);
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += weight * gammaTail(n - k, x);
      weight *= (n + k) / (2.0 * (k + 1));
    }
    return sum;
  }

  /** P(gamma of integer shape > x) = exp(-x) (1 + x + x^2 / 2! + ...), shape terms. */
  private static double gammaTail(int shape, double x) {
    double term = Math.exp(-x);
    double sum = term;
    for (int i = 1; i < shape; i++) {
      term *= x / i;
      sum += term;
    }
    return sum;
  }
}
