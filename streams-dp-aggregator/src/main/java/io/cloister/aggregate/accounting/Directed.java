// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point with a direction: what ends in Up is never below the exact result, what ends in
 * Down never above it. IEEE 754 rounds +, -, *, / to nearest, so the neighbour on the right side is
 * a bound; {@link StrictMath} promises its functions to within one unit in the last place, so the
 * second neighbour is one.
 */
final class Directed {
  private static final MathContext UP = new MathContext(40, RoundingMode.CEILING);
  private static final MathContext DOWN = new MathContext(40, RoundingMode.FLOOR);

  private Directed() {}

  static double addUp(double a, double b) {
    return Math.nextUp(a + b);
  }

  static double subtractUp(double a, double b) {
    return Math.nextUp(a - b);
  }

  static double subtractDown(double a, double b) {
    return Math.nextDown(a - b);
  }

  static double multiplyUp(double a, double b) {
    return Math.nextUp(a * b);
  }

  /** The product with a number above zero, of which bounds are known. */
  static double multiplyUp(BigInteger a, double bUp, double bDown) {
    return multiplyUp(up(a), a.signum() >= 0 ? bUp : bDown);
  }

  static double multiplyDown(double a, double b) {
    return Math.nextDown(a * b);
  }

  static double divideUp(double a, double b) {
    return Math.nextUp(a / b);
  }

  static double divideDown(double a, double b) {
    return Math.nextDown(a / b);
  }

  static double expUp(double x) {
    return twiceUp(StrictMath.exp(x));
  }

  static double expDown(double x) {
    return Math.max(0, twiceDown(StrictMath.exp(x)));
  }

  static double expm1Up(double x) {
    return twiceUp(StrictMath.expm1(x));
  }

  static double expm1Down(double x) {
    return Math.max(-1, twiceDown(StrictMath.expm1(x)));
  }

  static double logUp(double x) {
    return twiceUp(StrictMath.log(x));
  }

  static double logDown(double x) {
    return twiceDown(StrictMath.log(x));
  }

  static double log1pUp(double x) {
    return twiceUp(StrictMath.log1p(x));
  }

  static double log1pDown(double x) {
    return twiceDown(StrictMath.log1p(x));
  }

  /** A fraction as a decimal, not below it. */
  static BigDecimal quotientUp(BigInteger above, BigInteger below) {
    return new BigDecimal(above).divide(new BigDecimal(below), UP);
  }

  /** A fraction as a decimal, not above it. */
  static BigDecimal quotientDown(BigInteger above, BigInteger below) {
    return new BigDecimal(above).divide(new BigDecimal(below), DOWN);
  }

  /** The least double that is not below an exact number. */
  static double up(BigDecimal exact) {
    double near = exact.doubleValue();
    while (near < Double.POSITIVE_INFINITY && compare(near, exact) < 0) {
      near = Math.nextUp(near);
    }
    return near;
  }

  /** The greatest double that is not above an exact number. */
  static double down(BigDecimal exact) {
    double near = Math.min(exact.doubleValue(), Double.MAX_VALUE);
    while (compare(near, exact) > 0) {
      near = Math.nextDown(near);
    }
    return near;
  }

  static double up(BigInteger exact) {
    return up(new BigDecimal(exact));
  }

  static double down(BigInteger exact) {
    return down(new BigDecimal(exact));
  }

  private static int compare(double near, BigDecimal exact) {
    return near == Double.NEGATIVE_INFINITY ? -1 : new BigDecimal(near).compareTo(exact);
  }

  private static double twiceUp(double x) {
    return Math.nextUp(Math.nextUp(x));
  }

  private static double twiceDown(double x) {
    return Math.nextDown(Math.nextDown(x));
  }
}
