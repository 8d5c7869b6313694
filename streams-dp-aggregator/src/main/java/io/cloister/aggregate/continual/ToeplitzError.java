// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.util.Optional;

/**
 * Closed forms of what a {@link ToeplitzMatrix} C costs, where A adds up steps and A = B C: noise z
 * of variance 1 a step becomes B z. B's generating function is that of A over that of C, a sum of
 * geometric series again: one of factor 1, and one between each two of C's and below the least (so
 * also McMahan and Pillutla, arXiv 2504.21413).
 *
 * <p>Floating point, for choosing C and for telling the expected error; privacy rests on none of
 * it. StrictMath and the basic operations alone, so that every platform gets the same bits.
 */
final class ToeplitzError {
  private final double[] weights;
  private final double[] gaps;
  private final double[] poles;
  private final double[] shares;

  private ToeplitzError(double[] weights, double[] gaps, double[] poles) {
    this.weights = weights;
    this.gaps = gaps;
    this.poles = poles;
    this.shares = shares(gaps, poles);
  }

  /**
   * @param weights of C's modes
   * @param gaps in ascending order, no two alike
   * @return nothing where B's modes would alternate in sign, which no good C does
   */
  static Optional<ToeplitzError> of(double[] weights, double[] gaps) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] poles = new double[gaps.length + 1];
    for (int i = 0; i < gaps.length; i++) {
      double high = i + 1 < gaps.length ? gaps[i + 1] : gaps[i] + total;
      poles[i + 1] = pole(weights, gaps, gaps[i], high);
      if (!(poles[i + 1] > gaps[i] && poles[i + 1] < 1)) {
        return Optional.empty();
      }
    }
    return Optional.of(new ToeplitzError(weights, gaps, poles));
  }

  static ToeplitzError of(ToeplitzMatrix matrix) {
    return of(
            matrix.modes().stream().mapToDouble(ToeplitzMatrix.Mode::weightAsDouble).toArray(),
            matrix.modes().stream().mapToDouble(ToeplitzMatrix.Mode::gapAsDouble).toArray())
        .orElseThrow(() -> new IllegalArgumentException("a matrix whose inverse alternates"));
  }

  /** Where the sum of weight / (x - gap) is 1; it falls from infinity between two gaps. */
  private static double pole(double[] weights, double[] gaps, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int j = 0; j < gaps.length; j++) {
        sum += weights[j] / (middle - gaps[j]);
      }
      if (sum > 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double[] shares(double[] gaps, double[] poles) {
    double[] shares = new double[poles.length];
    for (int k = 0; k < poles.length; k++) {
      double share = 1;
      for (double gap : gaps) {
        share *= gap - poles[k];
      }
      for (int j = 0; j < poles.length; j++) {
        share = j == k ? share : share / (poles[j] - poles[k]);
      }
      shares[k] = share;
    }
    return shares;
  }

  /** The squared norm of C times ones in the first count of all steps. */
  double squaredNormOfFirst(long count, long steps) {
    int n = gaps.length;
    // While ones come, the sum of the geometric series so far; then what is left of it.
    double[] rise = new double[n + 1];
    double[] rest = new double[n];
    double[] riseGaps = new double[n + 1];
    rise[n] = 1;
    for (int i = 0; i < n; i++) {
      rise[i] = -weights[i] / gaps[i];
      rise[n] -= rise[i];
      rest[i] = weights[i] / gaps[i] * fallen(gaps[i], count);
      riseGaps[i] = gaps[i];
    }
    return sumOfSquares(rise, riseGaps, count) + sumOfSquares(rest, gaps, steps - count);
  }

  /** The variance of the total after a step. */
  double variance(long step) {
    return sumOfSquares(shares, poles, step);
  }

  /** The mean of the variance over all steps. */
  double meanVariance(long steps) {
    double sum = 0;
    for (int i = 0; i < poles.length; i++) {
      for (int j = 0; j < poles.length; j++) {
        double e = gapOfProduct(poles[i], poles[j]);
        double series =
            e == 0 ? (steps + 1) / 2.0 : (steps * e - (1 - e) * fallen(e, steps)) / (e * e * steps);
        sum += shares[i] * shares[j] * series;
      }
    }
    return sum;
  }

  /** The sum over j from 0 to count - 1 of (sum over i of factor_i (1 - gap_i)^j)^2. */
  private static double sumOfSquares(double[] factors, double[] gaps, long count) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < factors.length; j++) {
        double e = gapOfProduct(gaps[i], gaps[j]);
        double series = e == 0 ? count : fallen(e, count) / e;
        sum += factors[i] * factors[j] * series;
      }
    }
    return sum;
  }

  private static double gapOfProduct(double a, double b) {
    return a + b - a * b;
  }

  /** 1 - (1 - gap)^exponent. */
  private static double fallen(double gap, long exponent) {
    return exponent == 0 ? 0 : -StrictMath.expm1(exponent * StrictMath.log1p(-gap));
  }
}
