// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact fraction above zero, in lowest terms.
 *
 * @param numerator above zero
 * @param denominator above zero
 */
public record Rational(BigInteger numerator, BigInteger denominator) {
  /** Refuses what is not above zero, and cancels. */
  public Rational {
    if (numerator.signum() <= 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("numerator and denominator are above zero");
    }
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  /**
   * @param numerator above zero
   * @param denominator above zero
   * @return the fraction
   */
  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * @param context how many digits
   * @return the fraction as a decimal, rounded; for people to read, never for drawing noise
   */
  public BigDecimal toDecimal(MathContext context) {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), context);
  }

  /**
   * @return the nearest double, or one beside it; for what people read, never for drawing noise
   */
  public double toDouble() {
    return toDecimal(MathContext.DECIMAL64).doubleValue();
  }
}
