// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import io.cloister.aggregate.noise.RandomBits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The selection that names every group with the largest probability that (epsilon,
 * delta)-differential privacy allows for its number of people (Desfontaines, Voss and Gipson,
 * "Differentially private partition selection", arXiv 2006.03684, theorem 1): with p(0) = 0, p(n +
 * 1) is the least of e^epsilon p(n) + delta, 1 - (1 - p(n) - delta) / e^epsilon, and 1.
 *
 * <p>Probabilities are whole multiples of 2^-{@value #BITS}, each computed from the one before and
 * rounded down, with e^epsilon rounded down: so the inequalities hold exactly for the probabilities
 * that are drawn with, not just for those of the paper.
 */
public final class OptimalSelection implements GroupSelection {
  /** How fine probabilities are. */
  public static final int BITS = 128;

  /** A larger epsilon counts as this one. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(100);

  private static final int MOST_PEOPLE = 100_000;
  private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);
  private static final MathContext DOWN = new MathContext(60, RoundingMode.FLOOR);

  private final List<BigInteger> probabilities;

  private OptimalSelection(List<BigInteger> probabilities) {
    this.probabilities = List.copyOf(probabilities);
  }

  /**
   * @param epsilon what one group may cost a person, above zero
   * @param delta likewise, above zero and below 1
   * @return the selection; absent where more than 100,000 people are needed before it is certain
   */
  public static Optional<OptimalSelection> of(BigDecimal epsilon, BigDecimal delta) {
    if (epsilon.signum() <= 0 || delta.signum() <= 0 || delta.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("epsilon is above 0, delta between 0 and 1");
    }
    BigInteger factor = factor(epsilon);
    BigInteger failure = delta.multiply(new BigDecimal(ONE)).toBigInteger();
    if (failure.signum() == 0) {
      return Optional.empty();
    }
    List<BigInteger> probabilities = new ArrayList<>();
    BigInteger probability = BigInteger.ZERO;
    probabilities.add(probability);
    while (probability.compareTo(ONE) < 0) {
      if (probabilities.size() > MOST_PEOPLE) {
        return Optional.empty();
      }
      probability = next(probability, factor, failure);
      probabilities.add(probability);
    }
    return Optional.of(new OptimalSelection(probabilities));
  }

  private static BigInteger next(BigInteger before, BigInteger factor, BigInteger failure) {
    BigInteger rising = before.multiply(factor).shiftRight(BITS).add(failure);
    // Where even delta reaches certainty the quotient below would be of a number under zero.
    BigInteger missing = ONE.subtract(before).subtract(failure).max(BigInteger.ZERO);
    BigInteger[] quotient = missing.shiftLeft(BITS).divideAndRemainder(factor);
    BigInteger roundedUp = quotient[0].add(BigInteger.valueOf(quotient[1].signum()));
    return rising.min(ONE.subtract(roundedUp)).min(ONE);
  }

  /** A lower bound on e^epsilon, in multiples of 2^-BITS; at least 1, as it must be. */
  private static BigInteger factor(BigDecimal epsilon) {
    // All terms are above zero and rounded down, and the series is cut: it stays below.
    int halvings = 16;
    BigDecimal small = epsilon.min(LARGEST).divide(BigDecimal.valueOf(2).pow(halvings), DOWN);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i <= 30; i++) {
      term = term.multiply(small, DOWN).divide(BigDecimal.valueOf(i), DOWN);
      sum = sum.add(term, DOWN);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DOWN);
    }
    return sum.multiply(new BigDecimal(ONE)).toBigInteger();
  }

  @Override
  public boolean releases(long people, RandomBits bits) {
    byte[] drawn =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(bits.next()).putLong(bits.next()).array();
    return releases(people, new BigInteger(1, drawn));
  }

  /** The decision by a number that is uniform on 0 to 2^BITS - 1. */
  boolean releases(long people, BigInteger drawn) {
    return drawn.compareTo(probability(people)) < 0;
  }

  /**
   * @param people not below zero
   * @return the probability that a group of so many is named, in multiples of 2^-{@value #BITS}
   */
  public BigInteger probability(long people) {
    if (people < 0) {
      throw new IllegalArgumentException("there are no fewer people than none");
    }
    return people < probabilities.size() ? probabilities.get((int) people) : ONE;
  }

  @Override
  public long median() {
    BigInteger half = ONE.shiftRight(1);
    int people = 0;
    while (probabilities.get(people).compareTo(half) < 0) {
      people++;
    }
    return people;
  }
}
