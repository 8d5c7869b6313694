// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.List;

/**
 * A sampler and the distribution it promises.
 *
 * @param slow whether its parameters are beyond 64 bits
 */
record Sampled(Noise noise, Law law, boolean slow) {
  static final List<Sampled> LAPLACE =
      List.of(
          laplace("1", "3"),
          laplace("2", "3"),
          laplace("1", "1"),
          laplace("5", "2"),
          laplace("100", "1"),
          laplace("50000", "3"),
          laplace("1000000007", "30000001"),
          laplace("40000000000000", "7"),
          laplace("1099511627776", "1"),
          // The largest numerator in 64 bits: 2^56 - 1.
          laplace("72057594037927935", "1"),
          laplace("1180591620717411303425", "1152921504606846976"),
          laplace("144115188075855872", "1"));

  static final List<Sampled> GAUSSIAN =
      List.of(
          gaussian("1", "9"),
          gaussian("1", "2"),
          gaussian("1", "1"),
          gaussian("2", "1"),
          gaussian("25", "4"),
          gaussian("1000000007", "30000001"),
          gaussian("10000", "1"),
          gaussian("10000000001", "7"),
          gaussian("1208925819614629174706176", "1"),
          gaussian("1208925819614629174706177", "1152921504606846976"),
          // sigma = 2^58
          gaussian("83076749736557242056487941267521536", "1"));

  static Sampled laplace(String numerator, String denominator) {
    Rational scale = rational(numerator, denominator);
    return new Sampled(
        new DiscreteLaplace(scale),
        new Laplace(scale.toDouble()),
        scale.numerator().bitLength() > LongDraws.MAX_BITS);
  }

  static Sampled gaussian(String numerator, String denominator) {
    Rational sigmaSquared = rational(numerator, denominator);
    return new Sampled(
        new DiscreteGaussian(sigmaSquared),
        new Gaussian(sigmaSquared.toDouble()),
        LongExponent.of(new GaussianExponent(sigmaSquared)).isEmpty());
  }

  private static Rational rational(String numerator, String denominator) {
    return new Rational(new BigInteger(numerator), new BigInteger(denominator));
  }

  @Override
  public String toString() {
    return noise.toString();
  }
}
