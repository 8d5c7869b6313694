// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    double left = Directed.down(new BigDecimal(delta).subtract(failures()));
    return left > 0 ? renyi().epsilon(left) : Double.POSITIVE_INFINITY;
  }

  /**
   * @return how the loss by all releases is distributed; absent where of one only rho is known
   */
  public Optional<LossDistribution> losses() {
    LossDistribution sum = LossDistribution.NOTHING;
    for (Map.Entry<Mechanism, Long> release : releases.entrySet()) {
      if (release.getKey() instanceof Mechanism.Concentrated) {
        return Optional.empty();
      }
      sum = sum.plus(LossDistribution.of(release.getKey()).times(release.getValue()));
    }
    return Optional.of(sum);
  }

  /**
   * @param delta above 0, at most 1
   * @return the least epsilon that any way of adding up gives; infinite where there is none
   */
  public double epsilon(double delta) {
    double renyi = renyiEpsilon(delta);
    return losses().map(found -> Math.min(renyi, found.epsilon(delta))).orElse(renyi);
  }

  private BigDecimal failures() {
    BigDecimal failures = BigDecimal.ZERO;
    for (Map.Entry<Mechanism, Long> release : releases.entrySet()) {
      failures =
          failures.add(release.getKey().delta().multiply(BigDecimal.valueOf(release.getValue())));
    }
    return failures;
  }
}
