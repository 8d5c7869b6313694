// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import java.time.Duration;

/** How Cloister's own topics are created. */
@Doc("How Cloister's own topics are created.")
public record TopicsConfig(
    @Doc("Partitions of the scrubbed topic, and so the most tasks of router and bounding.")
        @Default("4")
        @Range(min = 1, max = 10000)
        int partitions,
    @Doc(
            "Partitions of the anonymized topic: the most regions that run in parallel. One without"
                + " shard-by.")
        @Default("1")
        @Range(min = 1, max = 10000)
        int regions,
    @Doc("Copies of each partition.") @Default("1") @Range(min = 1, max = 100) short replicas,
    @Doc("How long scrubbed and anonymized records, aggregates and dead letters are kept.")
        @Default("P7D")
        @Positive
        Duration retention) {}
