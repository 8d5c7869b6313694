// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * Integer noise X with P(X = x) proportional to exp(-|x| / scale), drawn by Algorithm 2 of Canonne,
 * Kamath and Steinke (arXiv 2004.00010). Added to integers whose L1 sensitivity is at most s, scale
 * s / epsilon gives pure epsilon-differential privacy.
 */
public final class DiscreteLaplace implements Noise {
  /** The name of the mechanism. */
  public static final String MECHANISM = "discrete-laplace";

  /** No draw: none is so far from zero. */
  private static final long NONE = Long.MIN_VALUE;

  /** Far more than the functions of {@link Math} can be wrong. */
  private static final double OUTWARD = 1 + 1e-12;

  private final Rational scale;
  private final boolean small;
  private final long t;
  private final long s;

  /**
   * @param scale exact, in units of the value that the noise is added to; below 2^1024
   */
  public DiscreteLaplace(Rational scale) {
    if (Double.isInfinite(scale.toDouble())) {
      throw new IllegalArgumentException("the scale is below 2^1024");
    }
    this.scale = scale;
    this.small =
        scale.numerator().bitLength() <= LongDraws.MAX_BITS
            && scale.denominator().bitLength() < Long.SIZE;
    this.t = small ? scale.numerator().longValueExact() : 0;
    this.s = small ? scale.denominator().longValueExact() : 0;
  }

  /**
   * @return the parameter: how far the noise spreads
   */
  public Rational scale() {
    return scale;
  }

  @Override
  public BigInteger sample(RandomBits bits) {
    long drawn = small ? smallDraw(bits) : NONE;
    return drawn == NONE ? largeDraw(bits) : BigInteger.valueOf(drawn);
  }

  @Override
  public long sampleLong(RandomBits bits) {
    long drawn = small ? smallDraw(bits) : NONE;
    return drawn == NONE ? largeDraw(bits).longValueExact() : drawn;
  }

  /** A draw, or {@link #NONE} when it has {@link LongDraws#MANY} successes or more. */
  private long smallDraw(RandomBits bits) {
    while (true) {
      long high = LongDraws.geometric(bits);
      if (high >= LongDraws.MANY) {
        return NONE;
      }
      // Below 64 x 2^56 = 2^62.
      long magnitude = (high * t + LongDraws.decaying(bits, t)) / s;
      boolean positive = LongDraws.fair(bits);
      if (positive) {
        return magnitude;
      }
      // Zero would be drawn with either sign, twice as often as it should be.
      if (magnitude != 0) {
        return -magnitude;
      }
    }
  }

  /**
   * A draw that {@link #smallDraw} leaves to integers of any size. After however many successes,
   * how many more follow is distributed as at the start.
   */
  private BigInteger largeDraw(RandomBits bits) {
    return sample(new ExactDraws(bits), small ? LongDraws.MANY : 0);
  }

  /**
   * Algorithm 2, its independent parts in another order, so that the one without a bound comes
   * first.
   *
   * @param successes how many the first geometric draw begins with
   */
  BigInteger sample(ExactDraws draws, long successes) {
    BigInteger scaled = scale.numerator();
    long before = successes;
    while (true) {
      BigInteger high = BigInteger.valueOf(before + draws.geometric());
      BigInteger magnitude =
          high.multiply(scaled).add(draws.decaying(scaled)).divide(scale.denominator());
      boolean positive = draws.fair();
      if (positive || magnitude.signum() != 0) {
        return positive ? magnitude : magnitude.negate();
      }
      before = 0;
    }
  }

  @Override
  public String mechanism() {
    return MECHANISM;
  }

  @Override
  public double variance() {
    // 2 p / (1 - p)^2 with p = exp(-1 / scale), written so that nothing cancels.
    double sinh = Math.sinh(0.5 / scale.toDouble());
    return 0.5 / (sinh * sinh);
  }

  @Override
  public double tail(BigInteger t) {
    // 2 p^(t + 1) / (1 + p)
    double b = scale.toDouble();
    double beyond = t.add(BigInteger.ONE).doubleValue() / b;
    double exact = 2 * Math.exp(-beyond) / (1 + Math.exp(-1 / b));
    // What rounding does to the exponent, it does to the result times the exponent.
    double outward = exact * (OUTWARD + beyond * 1e-15);
    return Math.min(1, Math.max(SMALLEST_TAIL, outward));
  }

  @Override
  public String toString() {
    return "DiscreteLaplace[scale=" + scale + "]";
  }
}
