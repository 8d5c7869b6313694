// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/**
 * With what exponent Algorithm 3 of Canonne, Kamath and Steinke (arXiv 2004.00010) keeps a draw of
 * discrete Laplace noise of scale t = floor(sigma) + 1: X = y or -y is kept with probability
 * exp(-g(y)), g(y) = (y - sigma^2 / t)^2 / (2 sigma^2).
 */
final class GaussianExponent {
  private final BigInteger t;
  private final BigInteger p;
  private final BigInteger step;
  private final BigInteger denominator;

  GaussianExponent(Rational sigmaSquared) {
    this.p = sigmaSquared.numerator();
    BigInteger q = sigmaSquared.denominator();
    this.t = p.divide(q).sqrt().add(BigInteger.ONE);
    // With sigma^2 = p / q: g(y) = (y q t - p)^2 / (2 p q t^2).
    this.step = q.multiply(t);
    this.denominator = BigInteger.TWO.multiply(p).multiply(step).multiply(t);
  }

  BigInteger t() {
    return t;
  }

  BigInteger numerator(BigInteger y) {
    BigInteger root = y.multiply(step).subtract(p);
    return root.multiply(root);
  }

  BigInteger denominator() {
    return denominator;
  }

  boolean keep(ExactDraws draws, BigInteger y) {
    return draws.exponential(numerator(y), denominator);
  }

  /** floor(sigma^2 / t^2 x 2^bits), of a number below 1. */
  BigInteger center(int bits) {
    return p.shiftLeft(bits).divide(step.multiply(t));
  }

  /**
   * floor(t^2 / (2 sigma^2) x 2^bits), of a number above 1/2 and at most 2 where sigma is 1 or
   * more.
   */
  BigInteger factor(int bits) {
    return step.multiply(t).shiftLeft(bits - 1).divide(p);
  }
}
