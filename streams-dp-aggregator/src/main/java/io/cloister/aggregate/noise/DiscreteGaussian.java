// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;

/**
 * Integer noise X with P(X = x) proportional to exp(-x^2 / (2 sigma^2)), drawn by Algorithm 3 of
 * Canonne, Kamath and Steinke (arXiv 2004.00010). Added to integers whose L2 sensitivity is at most
 * s, sigma^2 = s^2 / (2 rho) gives rho-zCDP (their theorem 4 and its form for several numbers).
 */
public final class DiscreteGaussian implements Noise {
  /** The name of the mechanism. */
  public static final String MECHANISM = "discrete-gaussian";

  /** No draw: none is so far from zero. */
  private static final long NONE = Long.MIN_VALUE;

  /** From this sigma on integrals stand for sums: they differ by a few percent at most. */
  private static final double SMOOTH = 16;

  /** Of a sigma below {@link #SMOOTH}, what is beyond has probability under 1e-300. */
  private static final int FARTHEST = 600;

  private final Rational sigmaSquared;
  private final double sigma;
  private final GaussianExponent exponent;
  private final Optional<LongExponent> small;

  /**
   * @param sigmaSquared exact, in squared units of the value that the noise is added to; below
   *     2^1024
   */
  public DiscreteGaussian(Rational sigmaSquared) {
    if (Double.isInfinite(sigmaSquared.toDouble())) {
      throw new IllegalArgumentException("sigma squared is below 2^1024");
    }
    this.sigmaSquared = sigmaSquared;
    this.sigma = Math.sqrt(sigmaSquared.toDouble());
    this.exponent = new GaussianExponent(sigmaSquared);
    this.small = LongExponent.of(exponent);
  }

  /**
   * @return the parameter: the variance, but for small ones, whose draws have less
   */
  public Rational sigmaSquared() {
    return sigmaSquared;
  }

  @Override
  public BigInteger sample(RandomBits bits) {
    long drawn = smallDraw(bits);
    return drawn == NONE ? largeDraw(bits) : BigInteger.valueOf(drawn);
  }

  @Override
  public long sampleLong(RandomBits bits) {
    long drawn = smallDraw(bits);
    return drawn == NONE ? largeDraw(bits).longValueExact() : drawn;
  }

  /** A draw, or {@link #NONE} when it needs {@link LongDraws#MANY} successes or more. */
  private long smallDraw(RandomBits bits) {
    if (small.isEmpty()) {
      return NONE;
    }
    LongExponent fast = small.get();
    long t = fast.t();
    while (true) {
      long high = LongDraws.geometric(bits);
      if (high >= LongDraws.MANY) {
        return NONE;
      }
      long low = LongDraws.decaying(bits, t);
      boolean positive = LongDraws.fair(bits);
      // Below 64 x 2^56 = 2^62.
      long magnitude = high * t + low;
      if ((positive || magnitude != 0) && fast.keep(bits, high, low)) {
        return positive ? magnitude : -magnitude;
      }
    }
  }

  /**
   * A draw that {@link #smallDraw} leaves to integers of any size. After however many successes,
   * how many more follow is distributed as at the start.
   */
  private BigInteger largeDraw(RandomBits bits) {
    return sample(new ExactDraws(bits), small.isPresent() ? LongDraws.MANY : 0);
  }

  /**
   * Algorithm 3, with Algorithm 2 inside.
   *
   * @param successes how many the first geometric draw begins with
   */
  BigInteger sample(ExactDraws draws, long successes) {
    long before = successes;
    while (true) {
      BigInteger high = BigInteger.valueOf(before + draws.geometric());
      BigInteger magnitude = high.multiply(exponent.t()).add(draws.decaying(exponent.t()));
      boolean positive = draws.fair();
      if ((positive || magnitude.signum() != 0) && exponent.keep(draws, magnitude)) {
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
    if (sigma >= SMOOTH) {
      return sigma * sigma;
    }
    double squares = 0;
    for (int x = 1; x <= FARTHEST; x++) {
      squares += 2.0 * x * x * density(x);
    }
    return squares / total();
  }

  @Override
  public double tail(BigInteger t) {
    double probability = sigma >= SMOOTH ? smoothTail(t.doubleValue()) : summedTail(t);
    return Math.min(1, Math.max(SMALLEST_TAIL, probability * (1 + 1e-9)));
  }

  /**
   * All densities together are at least sqrt(2 pi) sigma, by Poisson summation. Beyond sigma the
   * density is convex, so that its value at x is at most its integral from x - 1/2 to x + 1/2;
   * before, it is at most that from x - 1 to x.
   */
  private double smoothTail(double t) {
    double from = t + 0.5 >= sigma ? t + 0.5 : t;
    return Erf.erfc(from / (sigma * Math.sqrt(2)));
  }

  private double summedTail(BigInteger t) {
    double beyond = 0;
    // From the smallest on.
    for (int x = FARTHEST; BigInteger.valueOf(x).compareTo(t) > 0; x--) {
      beyond += 2 * density(x);
    }
    return beyond / total();
  }

  private double total() {
    double total = 1;
    for (int x = 1; x <= FARTHEST; x++) {
      total += 2 * density(x);
    }
    return total;
  }

  private double density(int x) {
    return Math.exp(-(double) x * x / (2 * sigma * sigma));
  }

  @Override
  public String toString() {
    return "DiscreteGaussian[sigmaSquared=" + sigmaSquared + "]";
  }
}
