// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.aggregate.topology.AggregateTopology;
import io.cloister.aggregate.topology.KafkaLedgerHistory;
import io.cloister.anonymize.topology.AnonymizeTopology;
import io.cloister.common.keys.Keyset;
import io.cloister.common.record.Formats;
import io.cloister.common.record.RecordFormat;
import io.cloister.scrub.topology.ScrubTopology;
import org.apache.kafka.streams.StreamsBuilder;

/** Adds stages to a Kafka Streams topology. */
final class StageTopologies {
  private final PipelineSetup setup;
  private final Keyset keyset;
  private final Deployment deployment;
  private final RecordFormat format;

  /**
   * @param setup what is run
   * @param keyset the pipeline's keys
   * @param deployment the identity of its releases
   */
  StageTopologies(PipelineSetup setup, Keyset keyset, Deployment deployment) {
    this.setup = setup;
    this.keyset = keyset;
    this.deployment = deployment;
    this.format = Formats.of(setup.config(), setup.base());
  }

  /**
   * @param stage the stage to add
   * @param builder where to
   */
  void add(Stage stage, StreamsBuilder builder) {
    switch (stage) {
      case SCRUB ->
          new ScrubTopology(
                  setup.config(), setup.base(), format, keyset, setup.metrics(), setup.clock())
              .addTo(builder);
      case ANONYMIZE ->
          new AnonymizeTopology(
                  setup.config(), setup.base(), format, setup.metrics(), setup.clock())
              .addTo(builder);
      case AGGREGATE ->
          new AggregateTopology(
                  setup.config(),
                  setup.base(),
                  format,
                  keyset,
                  setup.metrics(),
                  setup.clock(),
                  deployment.id().toString(),
                  new KafkaLedgerHistory(setup.kafka().consumer(), setup.names().ledger()))
              .addTo(builder);
    }
  }
}
