// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * The draws that the samplers are made of, by integers of any size. Each decides something about a
 * real number r, uniform on 0 to 1, of which it reads binary digits until no further digit could
 * change the answer: so nothing is rounded and nothing biased. {@link LongDraws} makes the same
 * draws from the same digits, quickly.
 */
final class ExactDraws {
  private final RandomBits bits;
  private final int digit;

  /** Reads 64 bits at a time, as {@link LongDraws} does. */
  ExactDraws(RandomBits bits) {
    this(bits, Long.SIZE);
  }

  /**
   * @param digit how many bits to read at a time; the fewer, the sooner a draw is decided
   */
  ExactDraws(RandomBits bits, int digit) {
    this.bits = bits;
    this.digit = digit;
  }

  /** Uniform on 0 to bound - 1: floor(r x bound). */
  BigInteger uniform(BigInteger bound) {
    return uniform(bound, BigInteger.ZERO, 0);
  }

  /** The same after a first digit of 64 bits. */
  BigInteger uniform(BigInteger bound, long first) {
    return uniform(bound, unsigned(first).multiply(bound), Long.SIZE);
  }

  /** r x bound is at least low / 2^read and less than (low + bound) / 2^read. */
  private BigInteger uniform(BigInteger bound, BigInteger low, int read) {
    BigInteger whole = low.shiftRight(read);
    while (!low.add(bound).subtract(BigInteger.ONE).shiftRight(read).equals(whole)) {
      low = low.shiftLeft(digit).add(next().multiply(bound));
      read += digit;
      whole = low.shiftRight(read);
    }
    return whole;
  }

  /** True with probability numerator / denominator: r < numerator / denominator. */
  boolean bernoulli(BigInteger numerator, BigInteger denominator) {
    BigInteger rest = numerator;
    while (rest.signum() > 0 && rest.compareTo(denominator) < 0) {
      // With r = (d + r') / 2^digit, r < n / m where r' < (n 2^digit - d m) / m.
      rest = rest.shiftLeft(digit).subtract(next().multiply(denominator));
    }
    return rest.signum() > 0;
  }

  /** The same after a first digit of 64 bits. */
  boolean bernoulli(BigInteger numerator, BigInteger denominator, long first) {
    BigInteger rest =
        numerator.shiftLeft(Long.SIZE).subtract(unsigned(first).multiply(denominator));
    return bernoulli(rest, denominator);
  }

  /** True with probability 1/2. */
  boolean fair() {
    return bernoulli(BigInteger.ONE, BigInteger.TWO);
  }

  /**
   * True with probability exp(-numerator / denominator): Algorithm 1 of Canonne, Kamath and
   * Steinke, "The Discrete Gaussian for Differential Privacy" (arXiv 2004.00010). Exponents above 1
   * are cut into as many ones as there are and the rest.
   */
  boolean exponential(BigInteger numerator, BigInteger denominator) {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    boolean ones =
        parts[0].signum() == 0 || BigInteger.valueOf(geometric()).compareTo(parts[0]) >= 0;
    return ones && exponential(parts[1], denominator, 1);
  }

  /** The rest of Algorithm 1, exponents from 0 to 1, when all trials before the k-th succeeded. */
  boolean exponential(BigInteger numerator, BigInteger denominator, long k) {
    // Bernoulli(g/1), Bernoulli(g/2), ... until one fails, which happens at odd k with
    // probability 1 - g + g^2/2! - g^3/3! ... = exp(-g).
    while (bernoulli(numerator, denominator.multiply(BigInteger.valueOf(k)))) {
      k++;
    }
    return k % 2 == 1;
  }

  /**
   * How often in a row a trial succeeds that does so with probability 1/e. At least v in a row have
   * probability exp(-v), so this is the largest v for which r < exp(-v).
   */
  long geometric() {
    return geometric(BigInteger.ZERO, 0);
  }

  /** The same after a first digit of 64 bits. */
  long geometric(long first) {
    return geometric(unsigned(first), Long.SIZE);
  }

  /** r is at least low / 2^read and less than (low + 1) / 2^read. */
  private long geometric(BigInteger low, int read) {
    BigInteger known = low;
    int digits = read;
    long v = 1;
    while (true) {
      int order = known.compareTo(PowersOfE.inverse(v, digits));
      if (order > 0) {
        return v - 1;
      }
      if (order < 0) {
        v++;
      } else {
        known = known.shiftLeft(digit).add(next());
        digits += digit;
      }
    }
  }

  /** x on 0 to bound - 1 with probabilities proportional to exp(-x / bound). */
  BigInteger decaying(BigInteger bound) {
    BigInteger x = uniform(bound);
    while (!exponential(x, bound)) {
      x = uniform(bound);
    }
    return x;
  }

  private BigInteger next() {
    return unsigned(bits.next(digit));
  }

  private static BigInteger unsigned(long digit) {
    BigInteger low = BigInteger.valueOf(digit & Long.MAX_VALUE);
    return digit < 0 ? low.setBit(Long.SIZE - 1) : low;
  }
}
