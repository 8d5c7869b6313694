// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** A distribution over the integers as its formula gives it, and how well draws fit it. */
public interface Law {
  int BINS = 60;

  /** P(X = x). */
  double pmf(long x);

  /** P(X <= x). */
  double cdf(double x);

  /** The chance that draws of this distribution fit it worse: Pearson's test on even bins. */
  default double fit(int draws, Supplier<BigInteger> sampler) {
    double[] edges = edges(Math.min(BINS, draws / 50));
    if (edges.length == 0) {
      throw new IllegalArgumentException("too narrow for this test");
    }
    long[] seen = new long[edges.length + 1];
    for (int i = 0; i < draws; i++) {
      int place = Arrays.binarySearch(edges, sampler.get().doubleValue());
      seen[place < 0 ? -place - 1 : place]++;
    }
    double statistic = 0;
    double below = 0;
    for (int bin = 0; bin < seen.length; bin++) {
      double upTo = bin < edges.length ? cdf(edges[bin]) : 1;
      double expected = draws * (upTo - below);
      statistic += (seen[bin] - expected) * (seen[bin] - expected) / expected;
      below = upTo;
    }
    return 1 - new ChiSquaredDistribution(seen.length - 1).cumulativeProbability(statistic);
  }

  /** Upper ends of bins of about equal chance, as far as integers allow; the last bin has none. */
  private double[] edges(int bins) {
    List<Double> edges = new ArrayList<>();
    double below = 0;
    for (int i = 1; i < bins; i++) {
      long edge = quantile((double) i / bins);
      double upTo = cdf((double) edge);
      if (upTo - below > 0.5 / bins && 1 - upTo > 0.5 / bins) {
        edges.add((double) edge);
        below = upTo;
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private long quantile(double probability) {
    long low = -(1L << 61);
    long high = 1L << 61;
    while (low < high) {
      long middle = Math.floorDiv(low + high, 2L);
      if (cdf((double) middle) >= probability) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
