// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.math.BigDecimal;
import java.math.MathContext;

/** Exponential and logarithm to about 50 digits. */
public final class Exact {
  public static final MathContext DIGITS = new MathContext(60);

  private static final int HALVINGS = 24;

  private Exact() {}

  public static BigDecimal exp(BigDecimal x) {
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal small = x.divide(two.pow(HALVINGS), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  public static BigDecimal ln(BigDecimal x) {
    BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
    for (int i = 0; i < 4; i++) {
      // Newton's method for e^y = x.
      BigDecimal ratio = x.divide(exp(y), DIGITS);
      y = y.add(ratio, DIGITS).subtract(BigDecimal.ONE, DIGITS);
    }
    return y;
  }

  public static BigDecimal exp(double x) {
    return exp(new BigDecimal(x));
  }
}
