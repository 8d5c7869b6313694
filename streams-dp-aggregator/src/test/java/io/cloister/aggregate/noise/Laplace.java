// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

/** P(X = x) proportional to exp(-|x| / scale). */
public final class Laplace implements Law {
  private final double scale;

  public Laplace(double scale) {
    this.scale = scale;
  }

  @Override
  public double pmf(long x) {
    // (1 - p) / (1 + p) p^|x| with p = exp(-1 / scale)
    return Math.tanh(0.5 / scale) * Math.exp(-Math.abs((double) x) / scale);
  }

  @Override
  public double cdf(double x) {
    double beyond = Math.exp(-(x >= 0 ? x + 1 : -x) / scale) / (1 + Math.exp(-1 / scale));
    return x >= 0 ? 1 - beyond : beyond;
  }
}
