// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;

/**
 * Renyi differential privacy at every order (Mironov, arXiv 1702.07476): an upper bound on the
 * divergence of order alpha, above 1, between what is seen with a person and without. Curves that
 * are fixed beforehand add up (proposition 1 there), also when a release looks at earlier ones.
 */
public final class RenyiCurve {
  private static final double LEAST_EXPONENT = -12;
  private static final double MOST_EXPONENT = 40;
  private static final int STEPS = 260;
  private static final int REFINEMENTS = 80;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Nothing was released. */
  public static final RenyiCurve ZERO = new RenyiCurve(alpha -> 0);

  private final DoubleUnaryOperator curve;

  private RenyiCurve(DoubleUnaryOperator curve) {
    this.curve = curve;
  }

  /**
   * Zero-concentrated differential privacy (Bun and Steinke, arXiv 1605.02065): rho alpha. Exact
   * for discrete Gaussian noise too (Canonne, Kamath and Steinke, arXiv 2004.00010, theorem 4).
   *
   * @param rho not below zero
   * @return the curve
   */
  public static RenyiCurve concentrated(BigDecimal rho) {
    double upper = Directed.up(rho);
    return new RenyiCurve(alpha -> Directed.multiplyUp(alpha, upper));
  }

  /**
   * Pure differential privacy. The divergence is largest for randomized response, the pair that
   * every other with the same epsilon is a post-processing of (Kairouz, Oh and Viswanath, arXiv
   * 1311.0776); it is never above alpha epsilon^2 / 2 (Bun and Steinke, proposition 3.3) nor above
   * epsilon.
   *
   * @param epsilon not below zero
   * @return the curve
   */
  public static RenyiCurve pure(BigDecimal epsilon) {
    double upper = Directed.up(epsilon);
    return new RenyiCurve(alpha -> randomizedResponse(upper, alpha));
  }

  private static double randomizedResponse(double epsilon, double alpha) {
    // ln((e^(alpha epsilon) + e^((1 - alpha) epsilon)) / (1 + e^epsilon)) / (alpha - 1), with
    // (alpha - 1) epsilon taken out.
    double near = Directed.log1pDown(Directed.expDown(-epsilon));
    double far =
        Directed.log1pUp(
            Directed.expUp(Directed.multiplyUp(-epsilon, Directed.subtractDown(2 * alpha, 1))));
    double exact = Directed.addUp(epsilon, overExcess(Directed.subtractUp(far, near), alpha));
    double concentrated = Directed.multiplyUp(alpha, Directed.multiplyUp(epsilon, epsilon) / 2);
    return Math.min(epsilon, Math.min(exact, concentrated));
  }

  /**
   * @param other what else was released
   * @return both together
   */
  public RenyiCurve plus(RenyiCurve other) {
    return new RenyiCurve(
        alpha -> Directed.addUp(curve.applyAsDouble(alpha), other.curve.applyAsDouble(alpha)));
  }

  /**
   * @param other another bound on the same release
   * @return the smaller at every order
   */
  public RenyiCurve least(RenyiCurve other) {
    return new RenyiCurve(
        alpha -> Math.min(curve.applyAsDouble(alpha), other.curve.applyAsDouble(alpha)));
  }

  /**
   * @param count how often, not below zero
   * @return this release so many times
   */
  public RenyiCurve times(long count) {
    double upper = Directed.up(BigDecimal.valueOf(count));
    return count == 0
        ? ZERO
        : new RenyiCurve(alpha -> Directed.multiplyUp(upper, curve.applyAsDouble(alpha)));
  }

  /**
   * @param alpha an order above 1
   * @return an upper bound on the divergence of that order
   */
  public double at(double alpha) {
    if (!(alpha > 1)) {
      throw new IllegalArgumentException("an order is above 1");
    }
    return Math.max(0, curve.applyAsDouble(alpha));
  }

  /**
   * The tight conversion of one order (Canonne, Kamath and Steinke, proposition 12; Balle et al.,
   * arXiv 1905.09982, theorem 21), at the order where it gives least. Any order gives a valid
   * bound, so the search need not be exact; the bound it ends with is rounded up.
   *
   * @param delta above 0, at most 1
   * @return an epsilon for which (epsilon, delta)-differential privacy holds
   */
  public double epsilon(double delta) {
    if (!(delta > 0 && delta <= 1)) {
      throw new IllegalArgumentException("delta is above 0 and at most 1");
    }
    double logDelta = Directed.logDown(delta);
    return Math.max(0, lowest(alpha -> epsilonAt(alpha, logDelta)));
  }

  private double epsilonAt(double alpha, double logDelta) {
    // divergence + ln(1 - 1 / alpha) - (ln delta + ln alpha) / (alpha - 1)
    double below = Directed.log1pUp(-Directed.divideDown(1, alpha));
    double share = overExcess(Directed.subtractUp(-Directed.logDown(alpha), logDelta), alpha);
    return Directed.addUp(Directed.addUp(at(alpha), below), share);
  }

  /** A quotient by alpha - 1, rounded up whatever its sign. */
  private static double overExcess(double numerator, double alpha) {
    return numerator > 0
        ? Directed.divideUp(numerator, Directed.subtractDown(alpha, 1))
        : Directed.divideUp(numerator, Directed.addUp(alpha, -1));
  }

  /**
   * The inverse of {@link #epsilon}.
   *
   * @param epsilon not below zero
   * @return a delta for which (epsilon, delta)-differential privacy holds, at most 1
   */
  public double delta(double epsilon) {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon is not below 0");
    }
    double log = lowest(alpha -> logDeltaAt(alpha, epsilon));
    return Math.min(1, Directed.expUp(log));
  }

  private double logDeltaAt(double alpha, double epsilon) {
    // (alpha - 1) (divergence - epsilon) - ln(alpha - 1) + alpha ln(1 - 1 / alpha)
    double gap = Directed.subtractUp(at(alpha), epsilon);
    double first =
        gap > 0
            ? Directed.multiplyUp(Directed.addUp(alpha, -1), gap)
            : Directed.multiplyUp(Directed.subtractDown(alpha, 1), gap);
    double second = -Directed.logDown(Directed.subtractDown(alpha, 1));
    double third = Directed.multiplyUp(alpha, Directed.log1pUp(-Directed.divideDown(1, alpha)));
    return Directed.addUp(Directed.addUp(first, second), third);
  }

  /** The least of a function of the order that falls, then rises; a little above where it jumps. */
  private static double lowest(DoubleUnaryOperator bound) {
    DoubleUnaryOperator of = exponent -> bound.applyAsDouble(1 + StrictMath.exp(exponent));
    double width = (MOST_EXPONENT - LEAST_EXPONENT) / STEPS;
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= STEPS; i++) {
      double value = of.applyAsDouble(LEAST_EXPONENT + i * width);
      if (value < least) {
        least = value;
        best = i;
      }
    }
    double low = LEAST_EXPONENT + (best - 1) * width;
    double high = LEAST_EXPONENT + (best + 1) * width;
    for (int i = 0; i < REFINEMENTS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      double atLeft = of.applyAsDouble(left);
      double atRight = of.applyAsDouble(right);
      least = Math.min(least, Math.min(atLeft, atRight));
      if (atLeft <= atRight) {
        high = right;
      } else {
        low = left;
      }
    }
    return least;
  }
}
