// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import java.time.Duration;

/** How Cloister's own topics are created. */
@Doc("How Cloister's own topics are created.")
public record TopicsConfig(
    @Doc("Partitions of the scrubbed topic, and so the most tasks of router and bounding.")
        @Default("4")
        int partitions,
    @Doc(
            "Partitions of the anonymized topic: the most regions that run in parallel. One without"
                + " shard-by.")
        @Default("1")
        int regions,
    @Doc("Copies of each partition.") @Default("1") short replicas,
    @Doc("How long scrubbed and anonymized records, aggregates and dead letters are kept.")
        @Default("P7D")
        Duration retention) {}
