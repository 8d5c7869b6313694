// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the matrix with the least mean squared error for a number of steps and of steps a person,
 * by pattern search (Hooke and Jeeves 1961) over the logarithms of weights and gaps. It looks at
 * nobody's data, and on every platform it finds the same.
 */
final class ToeplitzDesign {
  /** More than these gain less than 1% up to a million steps. */
  static final int MOST_MODES = 4;

  private static final double FIRST_STRIDE = 0.8;
  private static final double LAST_STRIDE = 0.004;
  private static final double LEAST_WEIGHT = 1e-9;
  private static final double MOST_WEIGHT = 0.999;
  private static final double WIDEST_GAP = 0.98;

  /** In the whole life: what fades more slowly is as good as constant. */
  private static final double NARROWEST_GAP = 0.05;

  /** Gaps nearer than this are as good as one, and are hard on the closed forms. */
  private static final double LEAST_RATIO = 1.05;

  private final long steps;
  private final long count;

  private ToeplitzDesign(long steps, long count) {
    this.steps = steps;
    this.count = count;
  }

  /**
   * @param steps the life
   * @param count in how many of the steps a person counts, at most all
   */
  static ToeplitzMatrix best(long steps, long count) {
    ToeplitzMatrix best = new ToeplitzMatrix(List.of());
    double least = ToeplitzError.of(best).meanVariance(steps) * count;
    ToeplitzDesign design = new ToeplitzDesign(steps, count);
    for (int modes = 1; modes <= MOST_MODES; modes++) {
      double[] found = design.search(design.begin(modes));
      double error = design.error(found);
      if (error < least) {
        best = matrix(found);
        least = error;
      }
    }
    return best;
  }

  /** Weights first, gaps second, as logarithms: gaps evenly from the widest to the narrowest. */
  private double[] begin(int modes) {
    double[] point = new double[2 * modes];
    double wide = StrictMath.log(0.5 / count);
    double narrow = Math.min(StrictMath.log(2.0 / steps), wide - 1);
    for (int i = 0; i < modes; i++) {
      double gap = modes == 1 ? (wide + narrow) / 2 : wide + (narrow - wide) * i / (modes - 1);
      point[i] = gap / 2 - 1.5;
      point[modes + i] = gap;
    }
    return point;
  }

  private double[] search(double[] start) {
    double[] point = start;
    double least = error(point);
    double stride = FIRST_STRIDE;
    while (stride > LAST_STRIDE) {
      double[] next = explore(point, least, stride);
      double error = error(next);
      if (!(error < least)) {
        stride /= 2;
        continue;
      }
      // What was good once is tried again, and then looked around from.
      while (error < least) {
        double[] ahead = new double[next.length];
        for (int i = 0; i < ahead.length; i++) {
          ahead[i] = 2 * next[i] - point[i];
        }
        point = next;
        least = error;
        next = explore(ahead, error(ahead), stride);
        error = error(next);
      }
    }
    return point;
  }

  private double[] explore(double[] from, double error, double stride) {
    double[] point = from.clone();
    double least = error;
    for (int i = 0; i < point.length; i++) {
      double old = point[i];
      double best = old;
      for (double tried : new double[] {old + stride, old - stride}) {
        point[i] = tried;
        double found = error(point);
        if (found < least) {
          least = found;
          best = tried;
        }
      }
      point[i] = best;
    }
    return point;
  }

  /** The mean squared error times 2 rho, for one unit a step; infinite for what is not allowed. */
  private double error(double[] point) {
    double[][] modes = modes(point);
    double[] weights = modes[0];
    double[] gaps = modes[1];
    double least = NARROWEST_GAP / steps;
    double total = 0;
    for (int i = 0; i < gaps.length; i++) {
      if (gaps[i] < least || gaps[i] > WIDEST_GAP || weights[i] < LEAST_WEIGHT) {
        return Double.POSITIVE_INFINITY;
      }
      least = gaps[i] * LEAST_RATIO;
      total += weights[i];
    }
    if (total > MOST_WEIGHT) {
      return Double.POSITIVE_INFINITY;
    }
    Optional<ToeplitzError> closed = ToeplitzError.of(weights, gaps);
    if (closed.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    return closed.get().squaredNormOfFirst(count, steps) * closed.get().meanVariance(steps);
  }

  /** Weights and gaps, gaps ascending. */
  private static double[][] modes(double[] point) {
    int modes = point.length / 2;
    int[] order =
        IntStream.range(0, modes)
            .boxed()
            .sorted((a, b) -> Double.compare(point[modes + a], point[modes + b]))
            .mapToInt(i -> i)
            .toArray();
    double[][] sorted = new double[2][modes];
    for (int i = 0; i < modes; i++) {
      sorted[0][i] = StrictMath.exp(point[order[i]]);
      sorted[1][i] = StrictMath.exp(point[modes + order[i]]);
    }
    return sorted;
  }

  private static ToeplitzMatrix matrix(double[] point) {
    double[][] sorted = modes(point);
    List<ToeplitzMatrix.Mode> modes = new ArrayList<>();
    for (int i = 0; i < sorted[0].length; i++) {
      modes.add(ToeplitzMatrix.Mode.of(sorted[0][i], sorted[1][i]));
    }
    return new ToeplitzMatrix(modes);
  }
}
