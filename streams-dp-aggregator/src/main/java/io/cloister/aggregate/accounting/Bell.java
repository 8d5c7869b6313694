// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Probabilities of the discrete Gaussian and the losses that it gives, rounded up. */
final class Bell {
  /** Beyond so many standard deviations there is less than e^-84 of the mass. */
  private static final int TAIL = 13;

  private static final int FIRST_TERMS = 8;

  private final Rational variance;

  /** Bounds on 1 / (2 variance). */
  private final double halfUp;

  private final double halfDown;

  /** An upper bound on the probability of 0. */
  private final double top;

  Bell(Rational variance) {
    this.variance = variance;
    BigInteger twice = variance.numerator().shiftLeft(1);
    this.halfUp = Directed.up(Directed.quotientUp(variance.denominator(), twice));
    this.halfDown = Directed.down(Directed.quotientDown(variance.denominator(), twice));
    this.top = Directed.divideUp(1, normalizer());
  }

  /**
   * A lower bound on the sum of all e^(-y^2 / (2 variance)). By Poisson's summation formula it is
   * at least sqrt(2 pi variance), and hardly more for variances above 1; below, the first terms are
   * nearly all of it.
   */
  private double normalizer() {
    BigDecimal exact = Directed.quotientDown(variance.numerator(), variance.denominator());
    // The constant is below pi.
    double poisson =
        Math.nextDown(Math.sqrt(Directed.multiplyDown(2 * Math.PI, Directed.down(exact))));
    double sum = 1;
    for (int y = 1; y <= FIRST_TERMS; y++) {
      double exponent = -Directed.multiplyUp((double) y * y, halfUp);
      sum = Math.nextDown(sum + 2 * Directed.expDown(exponent));
    }
    return Math.max(poisson, sum);
  }

  /** Noise beyond this is rarer than e^-84 on either side. */
  BigInteger reach() {
    return Directed.quotientUp(variance.numerator(), variance.denominator())
        .multiply(BigDecimal.valueOf(TAIL * TAIL))
        .toBigInteger()
        .sqrt()
        .add(BigInteger.valueOf(TAIL));
  }

  /** P(X > reach), rounded up: a geometric series is above it. */
  double beyond(BigInteger reach) {
    double next = Directed.down(reach.add(BigInteger.ONE));
    double fall = -Directed.expm1Up(-Directed.multiplyDown(2 * next, halfDown));
    return Math.min(1, Directed.divideUp(density(next), fall));
  }

  /**
   * P(first <= X <= last), rounded up. From the point nearest to 0 outward the density falls at
   * least as fast as the geometric series that begins there.
   */
  double mass(BigInteger first, BigInteger last) {
    BigInteger nearest =
        first.signum() > 0 ? first : last.signum() < 0 ? last.negate() : BigInteger.ZERO;
    double near = Directed.down(nearest);
    double count = Directed.up(last.subtract(first).add(BigInteger.ONE));
    double rate = Directed.multiplyDown(2 * near, halfDown);
    double terms = count;
    if (rate > 0) {
      double series =
          Directed.divideUp(
              -Directed.expm1Down(-Directed.multiplyUp(count, rate)), -Directed.expm1Up(-rate));
      terms = Math.min(count, series);
    }
    return Directed.multiplyUp(terms, density(near));
  }

  /** The largest of the probabilities of first to last over the smallest, rounded up. */
  double spread(BigInteger first, BigInteger last) {
    BigInteger far = first.abs().max(last.abs());
    BigInteger near =
        first.signum() * last.signum() <= 0 ? BigInteger.ZERO : first.abs().min(last.abs());
    BigInteger squares = far.multiply(far).subtract(near.multiply(near));
    return Directed.expUp(Directed.multiplyUp(Directed.up(squares), halfUp));
  }

  /**
   * The privacy loss where the noise on a shifted figure is y: shift (2 y + shift) / (2 variance).
   */
  double loss(BigInteger shift, BigInteger noise) {
    return Directed.multiplyUp(shift.multiply(noise.shiftLeft(1).add(shift)), halfUp, halfDown);
  }

  private double density(double distance) {
    double square = Math.max(0, Directed.multiplyDown(distance, distance));
    double exponent = Math.max(0, Directed.multiplyDown(square, halfDown));
    return Directed.multiplyUp(Directed.expUp(-exponent), top);
  }
}
