// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.ledger.LedgerHistory;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.Keyset;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.RecordFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The third stage: from {@code scrubbed} to {@code aggregates.<consumer>} and {@code ledger}. A
 * task for each partition bounds and adds up; one task draws, charges and publishes, all in one
 * call of its processor. Must run with {@code exactly_once_v2}.
 */
public final class AggregateTopology {
  static final String CONTRIBUTIONS = "aggregate-contributions";
  static final String SUMS = "aggregate-sums";
  static final String PROGRESS = "aggregate-progress";
  static final String PARTIALS = "aggregate-partials";
  static final String LEDGER = "aggregate-ledger";

  private final AggregatePlan plan;
  private final TopicNames topics;
  private final int partitions;
  private final RecordFormat format;
  private final Answering answering;
  private final RecordCounts counts;
  private final UnfinishedGauge unfinished;
  private final InstantSource clock;
  private final Keyset keyset;
  private final String deployment;
  private final LedgerHistory history;

  /**
   * @param config the pipeline; its {@code topics.partitions} must be the number that {@code
   *     scrubbed} has
   * @param base the directory that files in the config are relative to
   * @param format how scrubbed records are encoded
   * @param keyset keys of noise and seals
   * @param metrics where records are counted
   * @param clock the wall clock that closes windows of idle partitions
   * @param deployment which pipeline on which cluster; other deployments have other noise
   * @param history reads the ledger topic, for a releaser whose own store may lack some of it
   * @throws io.cloister.common.error.InputException when the config's aggregate section cannot be
   */
  public AggregateTopology(
      TopologyConfig config,
      Path base,
      RecordFormat format,
      Keyset keyset,
      MeterRegistry metrics,
      InstantSource clock,
      String deployment,
      LedgerHistory history) {
    this.plan = AggregatePlan.of(config, base);
    this.topics = new TopicNames(config.pipeline());
    this.partitions = config.topics().partitions();
    this.format = format;
    this.answering = Answering.of(config, format);
    this.counts = new RecordCounts(metrics, "aggregate");
    this.unfinished = new UnfinishedGauge(metrics);
    this.clock = clock;
    this.keyset = keyset;
    this.deployment = deployment;
    this.history = history;
  }

  /**
   * @param builder where the stage's nodes, stores and topics are added, all named
   */
  public void addTo(StreamsBuilder builder) {
    Stream.of(CONTRIBUTIONS, SUMS, PROGRESS, PARTIALS, LEDGER)
        .forEach(name -> builder.addStateStore(store(name)));
    builder.stream(
            topics.scrubbed(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("aggregate-scrubbed"))
        .process(
            () -> new BoundingProcessor(plan, format, counts, unfinished, clock),
            Named.as("aggregate-bound"),
            CONTRIBUTIONS,
            SUMS,
            PROGRESS)
        .repartition(
            Repartitioned.with(
                    Serdes.ByteArray(),
                    Serdes.serdeFrom(
                        (topic, partial) -> partial.toBytes(),
                        (topic, bytes) -> WindowPartial.fromBytes(bytes)))
                .withName("aggregate-windows")
                .withNumberOfPartitions(1))
        .process(
            () ->
                new ReleaseProcessor(
                    plan, deployment, keyset, history, partitions, topics, answering, unfinished),
            Named.as("aggregate-release"),
            PARTIALS,
            LEDGER)
        .to(
            new Outgoing.ByTopic(),
            Produced.with(Serdes.ByteArray(), Outgoing.serde()).withName("aggregate-published"));
  }

  /** Caching spares the changelog: a record changes the same few entries again and again. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }
}
