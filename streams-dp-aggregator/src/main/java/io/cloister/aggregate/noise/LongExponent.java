// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The decisions of {@link GaussianExponent} from the same digits, in 64 and 128 bits: the exponent
 * is computed within known bounds, from a table for small y and in fixed point for others; where
 * these do not decide, {@link GaussianExponent} does.
 */
final class LongExponent {
  private static final int TABLE = LongDraws.MANY;

  /** Binary places of y / t, below 64, so that it has 62 bits. */
  private static final int RATIO_PLACES = 56;

  private static final int FACTOR_PLACES = 61;

  /** Binary places of g: squaring leaves 2 x 56 - 64 = 48, times the factor 48 + 61 - 64. */
  private static final int PLACES = 45;

  /** What g can be wrong by in its last place; less than 2 is proved in {@link #keep}. */
  private static final long MARGIN = 2;

  private final GaussianExponent exact;
  private final long t;
  private final int shift;
  private final long inverse;
  private final long center;
  private final long factor;
  private final long[] wholes = new long[TABLE];
  private final long[] fractions = new long[TABLE];

  /** Bit y tells that g(y) has no fraction at all. */
  private final long integral;

  private LongExponent(GaussianExponent exact) {
    this.exact = exact;
    this.t = exact.t().longValueExact();
    long noFraction = 0;
    for (int y = 0; y < TABLE; y++) {
      BigInteger[] parts =
          exact.numerator(BigInteger.valueOf(y)).divideAndRemainder(exact.denominator());
      wholes[y] = parts[0].longValueExact();
      fractions[y] = parts[1].shiftLeft(Long.SIZE).divide(exact.denominator()).longValue();
      noFraction |= parts[1].signum() == 0 ? 1L << y : 0;
    }
    this.integral = noFraction;
    // n bits hold what is below t, and t is above 2^(n - 1).
    int n = Long.SIZE - Long.numberOfLeadingZeros(t - 1);
    this.shift = Long.SIZE - 2 - n;
    this.inverse =
        BigInteger.ONE.shiftLeft(RATIO_PLACES + 2 + n).divide(exact.t()).longValueExact();
    this.center = exact.center(RATIO_PLACES).longValueExact();
    // With t = 1 the table holds every y.
    this.factor = t == 1 ? 0 : exact.factor(FACTOR_PLACES).longValueExact();
  }

  /** Absent where the parameters are too large or too small for 64 bits. */
  static Optional<LongExponent> of(GaussianExponent exact) {
    BigInteger last = BigInteger.valueOf(TABLE);
    boolean fits =
        exact.t().bitLength() <= LongDraws.MAX_BITS
            && exact.numerator(last).divide(exact.denominator()).bitLength() < Long.SIZE - 1
            && exact.numerator(BigInteger.ZERO).divide(exact.denominator()).bitLength() < 2;
    return fits ? Optional.of(new LongExponent(exact)) : Optional.empty();
  }

  long t() {
    return t;
  }

  /**
   * Whether to keep y = high x t + low.
   *
   * @param high 0 to 63
   * @param low 0 to t - 1
   */
  boolean keep(RandomBits bits, long high, long low) {
    long y = high * t + low;
    if (y < TABLE) {
      return keep(bits, y, wholes[(int) y], fractions[(int) y], fractions[(int) y]);
    }
    // Let one unit be 2^-56. low x 2^(62 - n) is below 2^62 and inverse below 2^59; inverse is less
    // than 1 too small, which costs low x 2^(62 - n) / 2^64 < 1/4, and the lost half less than 1:
    // ratio is up to 5/4 units too small, center up to 1, distance wrong by less than 5/4.
    long ratio = (high << RATIO_PLACES) + Math.multiplyHigh(low << shift, inverse);
    long distance = Math.abs(ratio - center);
    // distance is below 2^62, so its square is wrong by less than 5/4 x (2^63 + 2); divided by 2^64
    // that is under 2/3, and with the lost half the square is wrong by less than 5/3.
    long square = Math.multiplyHigh(distance, distance);
    // factor is at most 2^62, which makes 5/12 of the 5/3; it is less than 1 too small, times a
    // square below 2^60 and divided by 2^64 at most 1/16; and the lost half is less than 1.
    long g = Math.multiplyHigh(square, factor);
    long fraction = g & ((1L << PLACES) - 1);
    if (fraction < MARGIN || fraction >= (1L << PLACES) - MARGIN) {
      return exact.keep(new ExactDraws(bits), BigInteger.valueOf(y));
    }
    int rest = Long.SIZE - PLACES;
    return keep(
        bits, y, g >>> PLACES, (fraction - MARGIN) << rest, ((fraction + MARGIN) << rest) - 1);
  }

  /**
   * {@link ExactDraws#exponential(BigInteger, BigInteger)} for g(y), of which 2^64 times the
   * fraction is at least from and less than to + 1, both unsigned.
   */
  private boolean keep(RandomBits bits, long y, long whole, long from, long to) {
    if (whole > 0 && LongDraws.geometric(bits) < whole) {
      return false;
    }
    if (y < TABLE && (integral >>> y & 1) == 1) {
      return true;
    }
    long k = 1;
    while (k <= LongDraws.MAX_TRIALS) {
      // Is r x k below the fraction? 2^64 times r x k is from product on, and less than k above.
      long word = bits.next();
      long product = word * k;
      if (LongDraws.multiplyHigh(word, k) != 0 || Long.compareUnsigned(product, to) > 0) {
        return k % 2 == 1;
      }
      boolean below =
          Long.compareUnsigned(product, from) < 0 && Long.compareUnsigned(from - product, k) >= 0;
      if (!below && !exactBelow(bits, y, k, word)) {
        return k % 2 == 1;
      }
      k++;
    }
    return new ExactDraws(bits).exponential(fraction(y), exact.denominator(), k);
  }

  private boolean exactBelow(RandomBits bits, long y, long k, long word) {
    BigInteger denominator = exact.denominator().multiply(BigInteger.valueOf(k));
    return new ExactDraws(bits).bernoulli(fraction(y), denominator, word);
  }

  private BigInteger fraction(long y) {
    return exact.numerator(BigInteger.valueOf(y)).mod(exact.denominator());
  }
}
