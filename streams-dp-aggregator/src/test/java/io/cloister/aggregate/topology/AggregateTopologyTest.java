// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerHistory;
import io.cloister.aggregate.ledger.LedgerJson;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregateTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  /** So much epsilon that no noise is left. */
  private static final String EXACT =
      """
      aggregate:
        budget: { epsilon: 1000000, period: P30D }
        consumers: { dean: { epsilon: 1000000 }, lab: { epsilon: 1000 } }
        queries:
          active:
            measure: { count-people: {} }
            group-by: [course]
            groups: { declared: [math, art] }
            window: { tumbling: PT1M }
            consumers: { dean: { epsilon: 1000 }, lab: { epsilon: 1000 } }
      """;

  private Path state;

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private Instant now = START;
  private long offset;
  private final List<TopologyTestDriver> drivers = new ArrayList<>();

  AggregateTopologyTest(@TempDir Path state) {
    this.state = state;
  }

  @AfterEach
  void close() {
    drivers.forEach(TopologyTestDriver::close);
  }

  @Test
  void theTopologyIsTheOneThatIsDeployed() throws IOException {
    String golden = Files.readString(Path.of("src/test/resources/aggregate-topology.txt"));

    assertThat(topology(4, List::of).describe().toString()).isEqualTo(golden);
  }

  @Test
  void aWindowIsPublishedToItsConsumersAndTheLedgerWhenALaterRecordArrives() {
    TopologyTestDriver driver = driver(List::of);

    send(driver, "ann", "math", 5);
    send(driver, "bob", "math", 6);
    send(driver, "ann", "math", 61);

    assertThat(read(driver, "campus.aggregates.dean"))
        .extracting(json -> json.at("/group/course").asText(), json -> json.path("value").asText())
        .containsExactly(tuple("math", "2"), tuple("art", "0"), tuple("", ""));
    assertThat(read(driver, "campus.aggregates.lab")).hasSize(3);
    assertThat(read(driver, "campus.ledger")).hasSize(1);
  }

  @Test
  void recordsOnTheTopicsAreKeyedByQueryAndRelease() {
    TopologyTestDriver driver = driver(List::of);
    send(driver, "ann", "math", 5);
    send(driver, "ann", "math", 61);

    TestRecord<byte[], byte[]> answer = output(driver, "campus.aggregates.dean").get(0);
    TestRecord<byte[], byte[]> entry = output(driver, "campus.ledger").get(0);

    assertThat(answer.key()).asString(StandardCharsets.UTF_8).isEqualTo("active");
    assertThat(entry.key())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(LedgerJson.fromBytes(entry.value()).release());
    assertThat(answer.headers()).isEmpty();
    assertThat(entry.headers()).isEmpty();
  }

  @Test
  void anIdlePartitionClosesItsWindowsByTheClock() {
    TopologyTestDriver driver = driver(List::of);
    send(driver, "ann", "math", 5);

    for (int i = 0; i < 70; i++) {
      tick(driver);
    }

    assertThat(read(driver, "campus.ledger")).hasSize(1);
  }

  @Test
  void aPartitionThatNeverHadARecordClosesItsWindowsToo() {
    TopologyTestDriver driver = driver(List::of);

    for (int i = 0; i < 130; i++) {
      tick(driver);
    }

    assertThat(read(driver, "campus.ledger")).hasSize(2);
    assertThat(read(driver, "campus.aggregates.dean"))
        .extracting(json -> json.path("value").asText())
        .contains("0");
  }

  @Test
  void theFirstWindowIsTheOneInWhichTheTaskBeganWhateverComesFirst() {
    TopologyTestDriver driver = driver(List::of);

    send(driver, "ann", "math", 185);

    assertThat(read(driver, "campus.ledger"))
        .extracting(entry -> entry.at("/window/start").asText())
        .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z", "2026-01-01T10:02:00Z");
  }

  @Test
  void aBacklogAfterTheIdleTaskStoodStillIsNotLate() {
    TopologyTestDriver driver = driver(List::of);
    for (int i = 0; i < 20; i++) {
      tick(driver);
    }
    now = now.plusSeconds(3600);
    driver.advanceWallClockTime(Duration.ofHours(1));
    for (int i = 1; i < BoundingProcessor.IDLE_TICKS; i++) {
      tick(driver);
    }

    send(driver, "ann", "math", 25);
    send(driver, "bob", "math", 3599);

    assertThat(counts().total(Outcome.LATE)).isZero();
    assertThat(read(driver, "campus.aggregates.dean").get(0).path("value").asInt()).isEqualTo(1);
  }

  @Test
  void theClockMovesOverAStallAfterAsManyEmptyPollsAsEver() {
    TopologyTestDriver driver = driver(List::of);
    now = now.plusSeconds(60);
    driver.advanceWallClockTime(Duration.ofMinutes(1));
    for (int i = 1; i < BoundingProcessor.IDLE_TICKS; i++) {
      tick(driver);
    }
    assertThat(read(driver, "campus.ledger")).isEmpty();

    tick(driver);

    assertThat(read(driver, "campus.ledger")).hasSize(1);
  }

  @Test
  void theClockDoesNotMoveByItselfWhileABacklogIsRead() {
    TopologyTestDriver driver = driver(List::of);
    now = START.plusSeconds(3600);

    for (int second = 0; second < 50; second++) {
      send(driver, "p" + second, "math", second);
      tick(driver);
    }
    send(driver, "ann", "math", 60);

    assertThat(read(driver, "campus.aggregates.dean").get(0).path("value").asInt()).isEqualTo(50);
    assertThat(counts().total(Outcome.LATE)).isZero();
  }

  @Test
  void whatTheScrubberDeliversTwiceCountsOnce() {
    TopologyTestDriver driver = driver(List::of);
    send(driver, "ann", "math", 5);
    offset--;
    send(driver, "bob", "math", 6);
    send(driver, "ann", "math", 61);

    assertThat(read(driver, "campus.aggregates.dean").get(0).path("value").asInt()).isEqualTo(1);
    assertThat(counts().total(Outcome.DUPLICATE)).isEqualTo(1);
    assertThat(counts().total(Outcome.IN)).isEqualTo(3);
  }

  @Test
  void anEmptyLedgerStoreIsRebuiltFromTheTopic() throws IOException {
    TopologyTestDriver first = driver(List::of);
    send(first, "ann", "math", 5);
    send(first, "ann", "math", 61);
    List<LedgerEntry> history =
        output(first, "campus.ledger").stream()
            .map(entry -> LedgerJson.fromBytes(entry.value()))
            .toList();
    first.close();
    drivers.clear();
    state = Files.createTempDirectory(state, "lost");

    TopologyTestDriver second = driver(() -> history);
    send(second, "ann", "math", 65);
    send(second, "ann", "math", 125);

    assertThat(read(second, "campus.aggregates.lab"))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.path("refused").asBoolean()).isTrue());
  }

  @Test
  void aRecordThatCannotBeReadIsCountedAndTheStageGoesOn() {
    TopologyTestDriver driver = driver(List::of);

    pipe(driver, "ann", "no json".getBytes(StandardCharsets.UTF_8), 1);
    pipe(driver, "ann", null, 2);
    send(driver, null, "math", 3);
    send(driver, "ann", "math", 5);
    send(driver, "ann", "math", 61);

    assertThat(read(driver, "campus.aggregates.dean").get(0).path("value").asInt()).isEqualTo(1);
    assertThat(counts().total(Outcome.UNUSABLE)).isEqualTo(3);
  }

  private RecordCounts counts() {
    return new RecordCounts(metrics, "aggregate");
  }

  private Topology topology(int partitions, LedgerHistory history) {
    TopologyConfig config = Pipelines.config(partitions, EXACT);
    StreamsBuilder builder = new StreamsBuilder();
    new AggregateTopology(
            config,
            Path.of("."),
            new JsonFormat(10_000),
            Pipelines.keyset("k"),
            metrics,
            () -> now,
            "test",
            history)
        .addTo(builder);
    return builder.build();
  }

  private TopologyTestDriver driver(LedgerHistory history) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "campus.aggregate");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    TopologyTestDriver driver = new TopologyTestDriver(topology(1, history), properties, now);
    drivers.add(driver);
    return driver;
  }

  private void tick(TopologyTestDriver driver) {
    now = now.plusSeconds(1);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private void send(
      TopologyTestDriver driver, @Nullable String person, String course, long second) {
    String event =
        "{\"time\": \"%s\", \"course\": \"%s\"}".formatted(START.plusSeconds(second), course);
    pipe(driver, person, event.getBytes(StandardCharsets.UTF_8), second);
  }

  private void pipe(
      TopologyTestDriver driver, @Nullable String person, byte @Nullable [] value, long second) {
    RecordHeaders headers = new RecordHeaders();
    new SourcePosition("raw", 0, offset++).writeTo(headers);
    driver
        .createInputTopic("campus.scrubbed", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                person == null ? null : person.getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                START.plusSeconds(second)));
  }

  private static List<TestRecord<byte[], byte[]>> output(TopologyTestDriver driver, String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static List<JsonNode> read(TopologyTestDriver driver, String topic) {
    return output(driver, topic).stream()
        .map(
            record -> (JsonNode) Pipelines.json(new String(record.value(), StandardCharsets.UTF_8)))
        .toList();
  }
}
