// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import io.cloister.common.config.AggregateConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What may be spent in each period of event time.
 *
 * @param global what any person can lose to all consumers together
 * @param quotas what each consumer may be told, by name, in the same currency
 * @param period length of a period, aligned to 1970-01-01T00:00Z
 */
public record Budgets(Cost global, Map<String, Cost> quotas, Duration period) {
  /** Takes a copy, and refuses several currencies. */
  public Budgets {
    quotas = Map.copyOf(quotas);
    Currency currency = global.currency();
    if (quotas.values().stream().anyMatch(quota -> quota.currency() != currency)) {
      throw new IllegalArgumentException("quotas are counted in the currency of the budget");
    }
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("a period has a length");
    }
  }

  /**
   * @param config the section {@code aggregate}
   * @return its budget and quotas, in pure epsilon
   */
  public static Budgets of(AggregateConfig config) {
    Map<String, Cost> quotas = new HashMap<>();
    config
        .consumers()
        .forEach((name, quota) -> quotas.put(name, cost(quota.epsilon(), quota.delta())));
    return new Budgets(
        cost(config.budget().epsilon(), config.budget().delta()), quotas, config.budget().period());
  }

  /** Of a delta finer than the ledger counts, what is beyond is not there to be spent. */
  private static Cost cost(BigDecimal epsilon, BigDecimal delta) {
    return Cost.of(Currency.EPSILON, epsilon, delta.setScale(Cost.DELTA_PLACES, RoundingMode.DOWN));
  }
}
