// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is to be run, and with what.
 *
 * @param config a validated config
 * @param base the directory that the config's relative paths start from
 * @param kafka how to reach the cluster
 * @param stages which stages; all of them when fused
 * @param batch whether a file is to be worked off, so that throughput matters more than delay
 * @param development whether keys and topics that are missing are made, as with the embedded broker
 * @param metrics where stages count
 * @param clock what stages take for the time
 */
public record PipelineSetup(
    TopologyConfig config,
    Path base,
    ClientSettings kafka,
    Set<Stage> stages,
    boolean batch,
    boolean development,
    MeterRegistry metrics,
    InstantSource clock) {
  /** Takes a copy. */
  public PipelineSetup {
    stages = Set.copyOf(stages);
  }

  /**
   * @param config a validated config
   * @return the stages whose sections it has
   */
  public static Set<Stage> stagesOf(TopologyConfig config) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    config.scrub().ifPresent(scrub -> stages.add(Stage.SCRUB));
    config.anonymize().ifPresent(anonymize -> stages.add(Stage.ANONYMIZE));
    config.aggregate().ifPresent(aggregate -> stages.add(Stage.AGGREGATE));
    return stages;
  }

  /**
   * @return the names of the pipeline's topics and applications
   */
  public TopicNames names() {
    return new TopicNames(config.pipeline());
  }
}
