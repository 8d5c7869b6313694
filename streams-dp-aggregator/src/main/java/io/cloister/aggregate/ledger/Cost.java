// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import io.cloister.common.error.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What a release costs, a budget holds, or an account has left: an amount of one currency, and a
 * delta. Whole numbers, so that they add up without tolerance.
 *
 * @param currency what the amount is counted in
 * @param units smallest units of the currency, not below zero
 * @param deltaUnits delta in units of 10^-18, not below zero
 */
public record Cost(Currency currency, long units, long deltaUnits) {
  /** How many decimal places the smallest unit of delta has. */
  static final int DELTA_PLACES = 18;

  /** Refuses amounts below zero. */
  public Cost {
    if (units < 0 || deltaUnits < 0) {
      throw new IllegalArgumentException("a cost is not below zero");
    }
  }

  /**
   * @param epsilon an amount
   * @return what a pure release of it costs
   */
  public static Cost pure(Epsilon epsilon) {
    return new Cost(Currency.EPSILON, epsilon.units(), 0);
  }

  /**
   * @param currency what the amount is counted in
   * @param amount not below zero, with no more places than the currency has
   * @param delta not below zero, with at most 18 places
   * @return the cost
   * @throws IllegalArgumentException for other numbers
   */
  public static Cost of(Currency currency, BigDecimal amount, BigDecimal delta) {
    try {
      return new Cost(
          currency,
          amount.movePointRight(currency.places()).longValueExact(),
          delta.movePointRight(DELTA_PLACES).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "an amount has at most "
              + currency.places()
              + " decimal places and a delta "
              + DELTA_PLACES,
          e);
    }
  }

  /**
   * The same loss in another currency: pure epsilon is epsilon^2 / 2 of rho (Bun and Steinke,
   * proposition 1.4), rounded up to a whole unit.
   *
   * @param other what to count in
   * @return the cost in it
   * @throws InputException when rho is to be counted in pure epsilon, which no amount of it is
   */
  public Cost in(Currency other) {
    if (other == currency) {
      return this;
    }
    if (currency == Currency.RHO) {
      throw new InputException(
          "a release that costs rho has no pure epsilon: give the budget as rho, or use laplace"
              + " noise");
    }
    // (units 10^-9)^2 / 2 in units of 10^-12.
    BigDecimal square = new BigDecimal(BigInteger.valueOf(units).pow(2));
    BigInteger rho =
        square.divide(BigDecimal.valueOf(2_000_000), 0, RoundingMode.CEILING).toBigIntegerExact();
    return new Cost(
        other, rho.bitLength() < Long.SIZE ? rho.longValue() : Long.MAX_VALUE, deltaUnits);
  }

  /**
   * @param other another cost in the same currency
   * @return both together; an absurd total stays at the largest there is
   */
  public Cost plus(Cost other) {
    requireSame(other);
    return new Cost(currency, sum(units, other.units), sum(deltaUnits, other.deltaUnits));
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * @param other another cost in the same currency
   * @return what is left after it, nothing where it is more
   */
  public Cost minus(Cost other) {
    requireSame(other);
    return new Cost(
        currency, Math.max(0, units - other.units), Math.max(0, deltaUnits - other.deltaUnits));
  }

  /**
   * @param other another cost in the same currency
   * @return whether this is as much or more, of the amount and of delta
   */
  public boolean covers(Cost other) {
    requireSame(other);
    return units >= other.units && deltaUnits >= other.deltaUnits;
  }

  /** The smaller amount and the smaller delta. */
  Cost least(Cost other) {
    requireSame(other);
    return new Cost(currency, Math.min(units, other.units), Math.min(deltaUnits, other.deltaUnits));
  }

  /** The amount alone. */
  Cost withoutDelta() {
    return new Cost(currency, units, 0);
  }

  /**
   * @return the amount as a decimal without trailing zeros, delta apart
   */
  public BigDecimal toDecimal() {
    return decimal(units, currency.places());
  }

  /**
   * @return delta as a decimal without trailing zeros
   */
  public BigDecimal delta() {
    return decimal(deltaUnits, DELTA_PLACES);
  }

  private static BigDecimal decimal(long units, int places) {
    BigDecimal decimal = BigDecimal.valueOf(units, places).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  private void requireSame(Cost other) {
    if (other.currency != currency) {
      throw new IllegalArgumentException("costs in two currencies do not compare");
    }
  }
}
