// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that was released about a person, and what it tells together, by three ways of adding
 * up. Each is a bound; the distribution of the loss is nearly exact, but asks that the parameters
 * of no release were chosen by what others said. For use by one thread.
 */
public final class Composition {
  private final Map<Mechanism, Long> releases = new LinkedHashMap<>();

  /**
   * @param mechanism a release
   * @param count how often, at least 1
   * @return this
   */
  public Composition add(Mechanism mechanism, long count) {
    if (count < 1) {
      throw new IllegalArgumentException("a release happens at least once");
    }
    releases.merge(mechanism, count, Math::addExact);
    return this;
  }

  /**
   * @return the curve of all releases, failures apart
   */
  public RenyiCurve renyi() {
    RenyiCurve sum = RenyiCurve.ZERO;
    for (Map.Entry<Mechanism, Long> release : releases.entrySet()) {
      sum = sum.plus(release.getKey().renyi().times(release.getValue()));
    }
    return sum;
  }

  /**
   * @param delta above 0, at most 1
   * @return an epsilon by Renyi accounting; infinite where failures alone are likelier than delta
   */
  public double renyiEpsilon(double delta) {
    BigDecimal failures = BigDecimal.ZERO;
    for (Map.Entry<Mechanism, Long> release : releases.entrySet()) {
      failures =
          failures.add(release.getKey().delta().multiply(BigDecimal.valueOf(release.getValue())));
    }
    double left = Directed.down(new BigDecimal(delta).subtract(failures));
    return left > 0 ? renyi().epsilon(left) : Double.POSITIVE_INFINITY;
  }

  /**
   * @return how the loss by all releases is distributed
   */
  public LossDistribution losses() {
    LossDistribution sum = LossDistribution.NOTHING;
    for (Map.Entry<Mechanism, Long> release : releases.entrySet()) {
      sum = sum.plus(LossDistribution.of(release.getKey()).times(release.getValue()));
    }
    return sum;
  }
}
