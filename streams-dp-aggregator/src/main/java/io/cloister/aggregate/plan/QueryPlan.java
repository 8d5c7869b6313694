// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.Rational;
import io.cloister.aggregate.window.TumblingWindows;
import io.cloister.common.config.QueryConfig;
import java.math.BigInteger;
import java.util.List;

/**
 * One query, ready to count by.
 *
 * @param index its position in the config
 * @param name its name
 * @param digest name and config
 * @param measure what a record adds
 * @param groups which groups there are
 * @param windows over what time
 * @param clock what closes a window
 * @param groupsPerPerson in how many groups a person counts, at least 1
 * @param contributionsPerGroup with how many records in each, at least 1
 * @param offers what is asked for of each window, in the order of the config
 */
public record QueryPlan(
    int index,
    String name,
    QueryDigest digest,
    Measure measure,
    GroupKeys groups,
    TumblingWindows windows,
    QueryConfig.Clock clock,
    int groupsPerPerson,
    int contributionsPerGroup,
    List<Offer> offers) {
  /** The only mechanism of this version. */
  public static final String MECHANISM = DiscreteLaplace.MECHANISM;

  private static final long UNITS_PER_EPSILON = 1_000_000_000L;

  /**
   * One release of each window, shared by the consumers that ask for the same epsilon.
   *
   * @param epsilon what it costs, above zero
   * @param consumers who receives it, in the order of the config
   */
  public record Offer(Epsilon epsilon, List<String> consumers) {}

  /** Takes copies, and refuses bounds below 1. */
  public QueryPlan {
    offers = List.copyOf(offers);
    if (groupsPerPerson < 1 || contributionsPerGroup < 1) {
      throw new IllegalArgumentException("bounds are at least 1");
    }
  }

  /**
   * The L1 sensitivity: how much all groups of a window together can change when a person with all
   * records is added or removed.
   *
   * @return groups x contributions x largest magnitude, in units of the measure's last decimal
   *     place; a person counts once in a group of people
   */
  public BigInteger sensitivity() {
    long records = measure.oncePerPerson() ? 1 : contributionsPerGroup;
    return BigInteger.valueOf(groupsPerPerson)
        .multiply(BigInteger.valueOf(records))
        .multiply(measure.magnitude());
  }

  /**
   * @param epsilon what a release costs, above zero
   * @return its noise
   */
  public DiscreteLaplace noise(Epsilon epsilon) {
    return new DiscreteLaplace(
        new Rational(
            sensitivity().multiply(BigInteger.valueOf(UNITS_PER_EPSILON)),
            BigInteger.valueOf(epsilon.units())));
  }
}
