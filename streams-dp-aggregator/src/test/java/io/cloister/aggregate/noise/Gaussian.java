// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import org.apache.commons.math3.special.Erf;

/** P(X = x) proportional to exp(-x^2 / (2 sigma^2)). */
public final class Gaussian implements Law {
  /** From here on the midpoint rule is right to 1 / (24 sigma^2), under 1e-7. */
  private static final double SMOOTH = 1000;

  private final double sigma;
  private final double[] cumulated;
  private final double total;

  public Gaussian(double sigmaSquared) {
    this.sigma = Math.sqrt(sigmaSquared);
    int reach = sigma >= SMOOTH ? 0 : 1 + (int) (40 * sigma);
    this.cumulated = new double[2 * reach + 2];
    for (int i = 1; i < cumulated.length; i++) {
      cumulated[i] = cumulated[i - 1] + density(i - 1 - reach);
    }
    this.total = sigma >= SMOOTH ? sigma * Math.sqrt(2 * Math.PI) : cumulated[cumulated.length - 1];
  }

  @Override
  public double pmf(long x) {
    return density((double) x) / total;
  }

  @Override
  public double cdf(double x) {
    if (sigma >= SMOOTH) {
      return 0.5 * Erf.erfc(-(x + 0.5) / (sigma * Math.sqrt(2)));
    }
    int reach = cumulated.length / 2 - 1;
    double place = Math.max(-1, Math.min(2.0 * reach, x + reach));
    return cumulated[(int) place + 1] / total;
  }

  private double density(double x) {
    return Math.exp(-x * x / (2 * sigma * sigma));
  }
}
