// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** The exact distribution, and how well draws fit it. */
public final class Laplace {
  private final double p;

  public Laplace(double scale) {
    this.p = Math.exp(-1 / scale);
  }

  /** P(X = x). */
  double pmf(long x) {
    return (1 - p) / (1 + p) * Math.pow(p, (double) Math.abs(x));
  }

  /** P(X <= x). */
  double cdf(double x) {
    return x >= 0 ? 1 - Math.pow(p, x + 1) / (1 + p) : Math.pow(p, -x) / (1 + p);
  }

  /** The chance that draws of this distribution fit it worse: Pearson's test on even bins. */
  public double fit(int draws, Supplier<BigInteger> sampler) {
    List<Long> edges = edges(Math.min(40, draws / 50));
    long[] seen = new long[edges.size() + 1];
    for (int i = 0; i < draws; i++) {
      double x = sampler.get().doubleValue();
      int bin = 0;
      while (bin < edges.size() && x > edges.get(bin)) {
        bin++;
      }
      seen[bin]++;
    }
    double statistic = 0;
    double below = 0;
    for (int bin = 0; bin < seen.length; bin++) {
      double upTo = bin < edges.size() ? cdf(edges.get(bin)) : 1;
      double expected = draws * (upTo - below);
      statistic += (seen[bin] - expected) * (seen[bin] - expected) / expected;
      below = upTo;
    }
    return 1 - new ChiSquaredDistribution(seen.length - 1).cumulativeProbability(statistic);
  }

  /** Upper ends of bins of about equal chance; the last bin has none. */
  private List<Long> edges(int bins) {
    List<Long> edges = new ArrayList<>();
    for (int i = 1; i < bins; i++) {
      long low = -(1L << 50);
      long high = 1L << 50;
      while (low < high) {
        long middle = Math.floorDiv(low + high, 2L);
        if (cdf((double) middle) >= (double) i / bins) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      if ((edges.isEmpty() || edges.get(edges.size() - 1) < low)
          && 1 - cdf((double) low) > 0.5 / bins) {
        edges.add(low);
      }
    }
    return edges;
  }
}
