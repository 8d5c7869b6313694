// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.MeasureConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.config.rules.BudgetMath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * What one query costs a consumer, and how exact its figures are.
 *
 * @param epsilon of each release
 * @param releases how many a budget period pays for at most
 * @param halfWidth the noise is within plus or minus this in 95 of 100 cases
 */
record QueryCost(BigDecimal epsilon, long releases, BigDecimal halfWidth) {
  private static final double OUTSIDE = 0.05;

  static QueryCost of(QueryConfig query, BigDecimal epsilon, Duration period) {
    long releases = BudgetMath.windowsPerPeriod(query.window().tumbling(), period);
    return new QueryCost(epsilon, releases, halfWidth(query, epsilon));
  }

  BigDecimal total() {
    return epsilon.multiply(BigDecimal.valueOf(releases));
  }

  /** How many windows an amount pays for. */
  long affordable(BigDecimal amount) {
    long paid = amount.divide(epsilon, 0, RoundingMode.DOWN).longValue();
    return Math.min(paid, releases);
  }

  /**
   * The least t with P(|X| > t) <= 0.05 for discrete Laplace noise X: with p = exp(-1 / scale),
   * P(|X| > t) = 2 p^(t + 1) / (1 + p).
   */
  private static BigDecimal halfWidth(QueryConfig query, BigDecimal epsilon) {
    double scale = sensitivity(query).doubleValue() / epsilon.doubleValue();
    double p = Math.exp(-1 / scale);
    double t = Math.ceil(Math.log(OUTSIDE * (1 + p) / 2) * -scale) - 1;
    return BigDecimal.valueOf(Math.max(0, (long) t), places(query));
  }

  /** What one person can change, in units of the last decimal place. */
  private static BigDecimal sensitivity(QueryConfig query) {
    BigDecimal each = BigDecimal.ONE;
    if (query.measure() instanceof MeasureConfig.Sum sum) {
      each = sum.clamp().stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::max);
    }
    return each.movePointRight(places(query))
        .multiply(BigDecimal.valueOf(query.bounds().groupsPerPerson()))
        .multiply(BigDecimal.valueOf(query.bounds().contributionsPerGroup()));
  }

  private static int places(QueryConfig query) {
    return query.measure() instanceof MeasureConfig.Sum sum ? sum.scale() : 0;
  }
}
