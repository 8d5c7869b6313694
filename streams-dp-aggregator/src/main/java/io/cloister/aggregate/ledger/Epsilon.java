// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import java.math.BigDecimal;

/**
 * An amount of pure epsilon as a whole number of billionths, so that budgets add up without
 * tolerance.
 *
 * @param units billionths, not below zero
 */
public record Epsilon(long units) implements Comparable<Epsilon> {
  /** Nothing. */
  public static final Epsilon ZERO = new Epsilon(0);

  private static final int PLACES = 9;

  /** Refuses amounts below zero. */
  public Epsilon {
    if (units < 0) {
      throw new IllegalArgumentException("an amount of epsilon is not below zero");
    }
  }

  /**
   * @param amount a decimal with at most 9 places, not below zero
   * @return the amount
   * @throws IllegalArgumentException for any other number
   */
  public static Epsilon of(BigDecimal amount) {
    try {
      return new Epsilon(amount.movePointRight(PLACES).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("an amount of epsilon has at most 9 decimal places", e);
    }
  }

  /**
   * @param other another amount
   * @return both together; an absurd total stays at the largest amount there is
   */
  public Epsilon plus(Epsilon other) {
    long sum = units + other.units;
    return new Epsilon(sum < 0 ? Long.MAX_VALUE : sum);
  }

  /**
   * @param other another amount
   * @return what is left after it, nothing where it is more
   */
  public Epsilon minus(Epsilon other) {
    return new Epsilon(Math.max(0, units - other.units));
  }

  /**
   * @return the amount as a decimal without trailing zeros
   */
  public BigDecimal toDecimal() {
    BigDecimal decimal = BigDecimal.valueOf(units, PLACES).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  @Override
  public int compareTo(Epsilon other) {
    return Long.compare(units, other.units);
  }
}
