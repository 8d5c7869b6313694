// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Which differentially private figures are released, to whom, on what budget. */
@Doc("Which differentially private figures are released, to whom, on what budget.")
public record AggregateConfig(
    @Doc("What one person can lose to all consumers together in a period.") Budget budget,
    @Doc("Consumer to quota; each consumer has a topic of its own.") Map<String, Quota> consumers,
    @Doc("Query name to query.") Map<String, QueryConfig> queries) {

  /** The global budget. */
  @Doc("The global budget.")
  public record Budget(
      @Doc("Epsilon a period, a decimal above zero with at most 9 places.") @Positive
          BigDecimal epsilon,
      @Doc("Delta a period; no mechanism of this version spends any.")
          @Default("0")
          @Range(min = 0, max = 1)
          BigDecimal delta,
      @Doc("Length of a period in event time, aligned to 1970-01-01T00:00Z.") @Positive
          Duration period) {}

  /** What one consumer may be told in a period. */
  @Doc("What one consumer may be told in a period.")
  public record Quota(
      @Doc("Epsilon a period, a decimal above zero with at most 9 places.") @Positive
          BigDecimal epsilon,
      @Doc("Delta a period.") @Default("0") @Range(min = 0, max = 1) BigDecimal delta) {}
}
