// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import java.util.Map;
import java.util.Optional;

/**
 * One pipeline, as its YAML file declares it. Which sections a command needs is the command's to
 * check; whatever is present has been validated as a whole.
 */
@Doc("One pipeline: where events come from, what happens to them, who gets what.")
public record TopologyConfig(
    @Doc("Prefix of every topic and application id: lower case letters, digits and hyphens.")
        String pipeline,
    @Doc("Any Kafka client property, passed on as it is; bootstrap.servers names the cluster.")
        @Default("{}")
        Map<String, String> kafka,
    @Doc("The schema registry; needed for format avro alone.") Optional<RegistryConfig> registry,
    @Doc("Where the keyset is kept. Without it, file runs and the embedded broker make one.")
        Optional<KeysConfig> keys,
    @Doc("How the stages are run.") @Default("{}") RuntimeConfig runtime,
    @Doc("How Cloister's own topics are created.") @Default("{}") TopicsConfig topics,
    @Doc("Where raw events come from and how to read them.") Optional<SourceConfig> source,
    @Doc("What happens to each field of a raw event.") Optional<ScrubConfig> scrub,
    @Doc("How the anonymized stream hides each person among k.")
        Optional<AnonymizeConfig> anonymize,
    @Doc("Which differentially private figures are released, to whom, on what budget.")
        Optional<AggregateConfig> aggregate) {
  /**
   * @param section how the anonymized stream hides each person among k
   * @return the same pipeline with this section
   */
  public TopologyConfig withAnonymize(AnonymizeConfig section) {
    return new TopologyConfig(
        pipeline,
        kafka,
        registry,
        keys,
        runtime,
        topics,
        source,
        scrub,
        Optional.of(section),
        aggregate);
  }
}
