// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Range;
import java.util.Optional;

/** How the stages are run. */
@Doc("How the stages are run.")
public record RuntimeConfig(
    @Doc("chained: one application a stage. fused: all stages in one application.")
        @Default("chained")
        Arrangement arrangement,
    @Doc("Threads a stage.") @Default("1") @Range(min = 1, max = 1000) int threads,
    @Doc("Directory of the state stores; relative to the config.") @Default("state")
        String stateDir,
    @Doc("Port of status page and metrics, on every interface; none when left out.")
        @Range(min = 0, max = 65535)
        Optional<Integer> port) {

  /** Whether stages are applications of their own. */
  public enum Arrangement {
    /** Three applications, scaled and upgraded alone. */
    @Doc("One Kafka Streams application a stage.")
    CHAINED,
    /** One application that holds all three stages. */
    @Doc("One Kafka Streams application for all stages.")
    FUSED
  }
}
