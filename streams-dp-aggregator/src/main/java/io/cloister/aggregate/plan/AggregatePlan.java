// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Scalars;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The aggregate section of a config, ready to count by.
 *
 * @param queries in the order of the config
 * @param time where the event time is; absent for a file without
 * @param config the section
 */
public record AggregatePlan(
    List<QueryPlan> queries, Optional<FieldPath> time, AggregateConfig config) {
  /** Takes a copy. */
  public AggregatePlan {
    queries = List.copyOf(queries);
  }

  /**
   * @param config the whole config
   * @param base the directory that files in the config are relative to
   * @return the plan
   * @throws InputException when the config has no section {@code aggregate}, or one that cannot be
   */
  public static AggregatePlan of(TopologyConfig config, Path base) {
    AggregateConfig aggregate =
        config
            .aggregate()
            .orElseThrow(() -> new InputException("the config has no section aggregate"));
    QueryCompiler compiler = new QueryCompiler(config.anonymize(), base);
    return new AggregatePlan(
        compiler.compile(aggregate), config.source().flatMap(SourceConfig::time), aggregate);
  }

  /**
   * @param tree a record
   * @return its event time, epoch milliseconds, absent where it has none; 0 for every record of a
   *     source without times
   */
  public OptionalLong eventTime(JsonNode tree) {
    if (time.isEmpty()) {
      return OptionalLong.of(0);
    }
    Optional<Instant> instant = time.get().find(tree).flatMap(Scalars::instant);
    return instant.isPresent()
        ? OptionalLong.of(instant.get().toEpochMilli())
        : OptionalLong.empty();
  }
}
