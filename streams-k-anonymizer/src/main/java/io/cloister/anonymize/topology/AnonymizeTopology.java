// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.RecordFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The second stage: from {@code scrubbed} to {@code anonymized}. A router keyed by person drops
 * what it has seen and fixes each person's region for the epoch; one engine a region decides. What
 * moves to the region of the second chance goes back to the topic of regions, in the transaction
 * that takes it out of its own. What opens a cell is written in one call of the engine's processor
 * to one partition. Must run with {@code exactly_once_v2}, and its output be read with {@code
 * read_committed}.
 */
public final class AnonymizeTopology {
  static final String ROUTES = "anonymize-routes";
  static final String CELLS = "anonymize-cells";
  static final String PEOPLE = "anonymize-people";
  static final String HELD = "anonymize-held";
  static final String EARLIER = "anonymize-earlier";

  /** The sinks of the engine. */
  static final String RELEASED = "anonymize-anonymized";

  static final String MOVED = "anonymize-moved";

  /** The name of the region of the second chance: that of any other starts with a digit. */
  static final String SECOND_CHANCE = "*";

  private static final String REGIONS = "anonymize-regions";

  private final AnonymizePlan plan;
  private final TopicNames topics;
  private final int regions;
  private final RecordFormat format;
  private final RecordCounts counts;
  private final EngineMeters meters;
  private final InstantSource clock;

  /**
   * @param config the pipeline; {@code anonymized} must have {@code topics.regions} partitions
   * @param base the directory that files in the config are relative to
   * @param format how scrubbed records are encoded
   * @param metrics where records are counted
   * @param clock the wall clock that deadlines run on
   * @throws io.cloister.common.error.InputException when the config's anonymize section cannot be
   */
  public AnonymizeTopology(
      TopologyConfig config,
      Path base,
      RecordFormat format,
      MeterRegistry metrics,
      InstantSource clock) {
    this.plan = AnonymizePlan.of(config, base);
    this.topics = new TopicNames(config.pipeline());
    this.regions = config.topics().regions();
    this.format = format;
    this.counts = new RecordCounts(metrics, "anonymize");
    this.meters = new EngineMeters(metrics);
    this.clock = clock;
  }

  /**
   * @param builder where the stage's nodes, stores and topics are added, all named
   */
  public void addTo(StreamsBuilder builder) {
    List<String> engineStores = new ArrayList<>(List.of(CELLS, PEOPLE, HELD));
    if (plan.nested()) {
      engineStores.add(EARLIER);
    }
    builder.addStateStore(store(ROUTES));
    engineStores.forEach(name -> builder.addStateStore(store(name)));
    EventReader reader = new EventReader(plan, format);
    EventWriter writer = new EventWriter(plan, format, topics.anonymized());
    int secondChance = partition(SECOND_CHANCE, regions);
    KStream<OutputKey, byte[]> decided =
        builder.stream(
                topics.scrubbed(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                    .withName("anonymize-scrubbed"))
            .process(
                () -> new RouterProcessor(plan, reader, counts, clock),
                Named.as("anonymize-route"),
                ROUTES)
            .repartition(
                Repartitioned.with(Serdes.String(), Routed.serde())
                    .withName(REGIONS)
                    .withNumberOfPartitions(regions)
                    .withStreamPartitioner(
                        (topic, region, routed, partitions) ->
                            Optional.of(Set.of(partition(region, partitions)))))
            .process(
                () ->
                    new EngineProcessor(plan, reader, writer, counts, meters, clock, secondChance),
                Named.as("anonymize-release"),
                engineStores.toArray(String[]::new));
    decided.to(
        topics.anonymized(),
        Produced.with(OutputKey.serde(), Serdes.ByteArray())
            .withStreamPartitioner(
                (topic, cell, value, partitions) ->
                    Optional.of(Set.of(checked(cell.partition(), partitions))))
            .withName(RELEASED));
    if (plan.hasSecondChance()) {
      // The name without the application's is that of the topic of regions itself.
      decided.to(
          REGIONS + "-repartition",
          Produced.with(OutputKey.serde(), Serdes.ByteArray())
              .withStreamPartitioner(
                  (topic, region, routed, partitions) ->
                      Optional.of(Set.of(partition(region.text(), partitions))))
              .withName(MOVED));
    }
  }

  private static int partition(String region, int partitions) {
    return region.isEmpty() ? 0 : Utils.toPositive(Utils.murmur2(Utils.utf8(region))) % partitions;
  }

  private static int checked(int partition, int partitions) {
    if (partition >= partitions) {
      throw new EnvironmentException(
          "the anonymized topic has " + partitions + " partitions, fewer than topics.regions");
    }
    return partition;
  }

  /** Caching spares the changelog what is held and released between two commits. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }
}
