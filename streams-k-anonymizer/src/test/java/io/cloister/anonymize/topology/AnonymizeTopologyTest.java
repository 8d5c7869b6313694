// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.Configs;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymizeTopologyTest {
  private static final Instant START = Instant.parse("2026-03-02T09:41:17.345Z");
  private static final long OFFSET_NONE = -1;

  private final Path dir;
  private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Instant now = START;
  private TopologyTestDriver driver;
  private long offset;

  private static Configs config(int k) {
    return Configs.k(k)
        .qi(
            "born",
            new HierarchyConfig.Dates(List.of(DateStep.parse("year"), DateStep.parse("10y"))))
        .qi("home.gender", new HierarchyConfig.Flat())
        .sensitive("score", 1)
        .publish("course", "tags[*].label")
        .subject("who")
        .time("at");
  }

  private static Topology topology(
      TopologyConfig config, SimpleMeterRegistry metrics, java.time.InstantSource clock) {
    StreamsBuilder builder = new StreamsBuilder();
    new AnonymizeTopology(config, Path.of(""), new JsonFormat(900_000), metrics, clock)
        .addTo(builder);
    return builder.build();
  }

  private TopologyTestDriver start(TopologyConfig config) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test.anonymize");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, String.valueOf(dir));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    metrics = new SimpleMeterRegistry();
    return new TopologyTestDriver(topology(config, metrics, () -> now), properties, now);
  }

  AnonymizeTopologyTest(@TempDir Path dir) {
    this.dir = dir;
    this.driver = start(config(3).build());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void send(String person, String born, Instant at) {
    send(person, born, "math", at, offset++);
  }

  private void send(String person, String born, String course, Instant at, long position) {
    String json =
        """
        {"who":"%s","born":"%s","home":{"gender":"%s","street":"Elm St"},"score":7,\
        "course":"%s","tags":[{"label":"a","note":"n"}],"at":"%s","note":"free text"}"""
            .formatted(person, born, person.startsWith("x") ? person : "F", course, at);
    RecordHeaders headers = new RecordHeaders();
    if (position != OFFSET_NONE) {
      new SourcePosition("raw", 0, position).writeTo(headers);
    }
    driver
        .createInputTopic("test.scrubbed", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                person.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                headers,
                at));
  }

  private List<TestRecord<String, String>> released() {
    return driver
        .createOutputTopic("test.anonymized", new StringDeserializer(), new StringDeserializer())
        .readRecordsToList();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private long count(Outcome outcome) {
    return new RecordCounts(metrics, "anonymize").total(outcome);
  }

  private double held() {
    return metrics.get("cloister.held").gauge().value();
  }

  @Test
  void nothingLeavesBeforeThreePeopleShareACellAndThenAllAtOnce() {
    send("p1", "2003-05-17", START);
    send("p2", "2003-01-02", START);
    send("p2", "2003-01-02", START);
    assertThat(released()).isEmpty();
    assertThat(held()).isEqualTo(3);

    send("p3", "2003-12-31", START);

    assertThat(released()).hasSize(4);
    assertThat(held()).isZero();
  }

  @Test
  void releasedRecordHoldsLabelsAndListedFieldsAlone() {
    send("p1", "2003-05-17", START);
    send("p2", "2003-01-02", START);
    send("p3", "2003-12-31", START);

    TestRecord<String, String> one = released().get(0);
    assertThat(one.value())
        .isEqualTo(
            "{\"score\":7,\"course\":\"math\",\"tags\":[{\"label\":\"a\"}],"
                + "\"born\":\"2003\",\"home\":{\"gender\":\"F\"},\"at\":\"2026-03-02T09:00:00Z\"}");
    assertThat(one.headers()).isEmpty();
    assertThat(one.getRecordTime()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
    assertThat(one.key()).matches("[0-9a-f]{32}");
  }

  @Test
  void keyIsTheSameForTheSameCellAndAnotherForAnother() {
    for (String born : List.of("2003-05-17", "1990-05-17")) {
      for (int i = 0; i < 3; i++) {
        send("p" + i + born, born, START);
      }
    }
    List<TestRecord<String, String>> released = released();
    Set<String> keys = new HashSet<>();
    released.forEach(record -> keys.add(record.key()));
    assertThat(released).hasSize(6);
    assertThat(keys).hasSize(2);
    assertThat(released.get(0).key()).isEqualTo(released.get(2).key());
  }

  @Test
  void deadlineHoldsWhenInputStops() {
    send("p1", "2003-05-17", START);
    send("p2", "2004-01-02", START);
    send("p3", "2005-12-31", START);
    pass(Duration.ofMillis(1700));
    assertThat(released()).isEmpty();

    pass(Duration.ofMillis(300));

    assertThat(released())
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.value()).contains("\"born\":\"2000-2009\""));
  }

  @Test
  void whatSharesNothingWithOthersIsSuppressedAndCounted() {
    send("p1", "2003-05-17", START);
    pass(Duration.ofSeconds(2));
    assertThat(released()).isEmpty();
    assertThat(count(Outcome.SUPPRESSED)).isOne();
    assertThat(held()).isZero();
  }

  @Test
  void whatTheScrubberSendsAgainIsDropped() {
    send("p1", "2003-05-17", "math", START, 5);
    send("p1", "2003-05-17", "math", START, 5);
    send("p1", "2003-05-17", "math", START, 4);
    send("p1", "2003-05-17", "math", START, 6);
    assertThat(count(Outcome.DUPLICATE)).isEqualTo(2);
    assertThat(held()).isEqualTo(2);
  }

  @Test
  void recordWithoutAPositionIsTakenAsNew() {
    send("p1", "2003-05-17", "math", START, OFFSET_NONE);
    send("p1", "2003-05-17", "math", START, OFFSET_NONE);
    assertThat(count(Outcome.DUPLICATE)).isZero();
    assertThat(held()).isEqualTo(2);
  }

  @Test
  void eventOfAClosedEpochGetsNoClassAnyMore() {
    for (int i = 0; i < 3; i++) {
      send("p" + i, "2003-05-17", START);
    }
    assertThat(released()).hasSize(3);
    send("p9", "1990-01-01", START.plus(Duration.ofDays(3)));
    send("p0", "2003-05-17", START);
    assertThat(released()).isEmpty();
    assertThat(count(Outcome.LATE)).isOne();
  }

  @Test
  void personKeepsTheRegionOfTheFirstEventInAnEpoch() {
    driver.close();
    driver = start(config(3).shardBy(4, "course").build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "math", START, 1);
    send("p3", "2003-05-17", "arts", START, 2);
    assertThat(released()).isEmpty();
    send("p4", "2003-05-17", "math", START, 3);
    assertThat(released()).hasSize(3);

    // Region arts has but one person: what p1 does there is p1's event in region math.
    send("p1", "2003-05-17", "arts", START, 4);

    assertThat(released()).hasSize(1);
  }

  /** The cell's people are all of the first region: beside another, one would stand out. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherRegionThanThePersonsIsNotTold(boolean secondChance) {
    driver.close();
    Configs config = config(2).shardBy(4, "course");
    driver = start((secondChance ? config : config.withoutSecondChance()).build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "math", START, 1);
    assertThat(released())
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.value()).contains("\"course\":\"math\""));

    send("p1", "2003-05-17", "arts", START, 2);

    assertThat(released())
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.value()).contains("\"course\":\"*\"").doesNotContain("arts"));
  }

  @Test
  void regionThatIsNotPublishedIsNotTold() {
    driver.close();
    driver = start(config(2).publish("tags[*].label").shardBy(4, "course").build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "math", START, 1);
    assertThat(released())
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.value()).doesNotContain("course", "math"));
  }

  /** Were it a missing value, it would join any cell, whatever its conditions. */
  @Test
  void sensitiveValueThatIsAnObjectMakesNothingDiverse() {
    driver.close();
    driver = start(config(2).sensitive("tags", 2).build());
    send("p1", "2003-05-17", START);
    send("p2", "2003-05-17", START);
    pass(Duration.ofSeconds(2));
    assertThat(released()).isEmpty();
    assertThat(count(Outcome.SUPPRESSED)).isEqualTo(2);
  }

  /** In one task of one region partition; with three, the second chance is another task's. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void peopleOfSmallRegionsAreReleasedTogetherAndWithoutTheirRegion(int partitions) {
    driver.close();
    driver = start(config(3).shardBy(partitions, "course").build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "arts", START, 1);
    send("p3", "2003-05-17", "law", START, 2);
    pass(Duration.ofMillis(990));
    assertThat(released()).isEmpty();
    pass(Duration.ofMillis(10));

    assertThat(released())
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.value()).contains("\"course\":\"*\""));

    // Their region stays behind for the epoch, even if it grows.
    for (int i = 4; i < 7; i++) {
      send("p" + i, "2003-05-17", "math", START, i);
    }
    assertThat(released())
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.value()).contains("\"course\":\"math\""));
    send("p1", "2003-05-17", "math", START, 9);
    assertThat(released())
        .singleElement()
        .satisfies(record -> assertThat(record.value()).contains("\"course\":\"*\""));
    assertThat(count(Outcome.OUT)).isEqualTo(7);
    assertThat(held()).isZero();
  }

  @Test
  void whatHasMovedIsSuppressedWhereItsDeadlineWasFromTheStart() {
    driver.close();
    driver = start(config(3).shardBy(3, "course").build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "arts", START, 1);
    pass(Duration.ofMillis(1990));
    assertThat(held()).isEqualTo(2);
    pass(Duration.ofMillis(10));
    assertThat(count(Outcome.SUPPRESSED)).isEqualTo(2);
    assertThat(held()).isZero();
  }

  @Test
  void withoutASecondChanceTheRegionAloneDecides() {
    driver.close();
    driver = start(config(2).shardBy(3, "course").withoutSecondChance().build());
    send("p1", "2003-05-17", "math", START, 0);
    send("p2", "2003-05-17", "arts", START, 1);
    pass(Duration.ofSeconds(2));
    assertThat(released()).isEmpty();
    assertThat(count(Outcome.SUPPRESSED)).isEqualTo(2);
  }

  @Test
  void whatComesInIsAccountedFor() {
    for (int i = 0; i < 200; i++) {
      String person = i % 49 == 3 ? "x" + i : "p" + i % 40;
      send(person, (1980 + i * 7 % 40) + "-01-01", "math", START, i % 9 == 0 ? 0 : i);
      pass(Duration.ofMillis(30));
    }
    long out = released().size();
    assertThat(out).isPositive().isEqualTo(count(Outcome.OUT));
    assertThat(count(Outcome.SUPPRESSED)).isPositive();
    assertThat(held()).isPositive();
    assertThat(count(Outcome.IN))
        .isEqualTo(200)
        .isEqualTo(
            out
                + count(Outcome.DUPLICATE)
                + count(Outcome.LATE)
                + count(Outcome.SUPPRESSED)
                + (long) held());
  }

  @Test
  void nothingRawIsReleasedUnderAnyName() {
    for (Configs wrong :
        List.of(
            config(3).publish("home"),
            config(3).publish("born"),
            config(3).publish("at"),
            config(3).qi("at", new HierarchyConfig.Flat()),
            config(3).qi("home", new HierarchyConfig.Flat()),
            config(3).qi("tags[*].note", new HierarchyConfig.Flat()))) {
      assertThatThrownBy(() -> topology(wrong.build(), new SimpleMeterRegistry(), () -> now))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void shapeOfTheTopologyIsAsRecorded() throws Exception {
    shapeIs("anonymize-topology.txt", config(3));
    shapeIs("anonymize-topology-sharded.txt", config(3).shardBy(3, "course"));
    shapeIs("anonymize-topology.txt", config(3).shardBy(3, "course").withoutSecondChance());
  }

  private void shapeIs(String file, Configs config) throws Exception {
    Topology topology = topology(config.build(), new SimpleMeterRegistry(), () -> now);
    try (InputStream golden = getClass().getResourceAsStream(file)) {
      assertThat(golden).as("golden file").isNotNull();
      assertThat(topology.describe().toString().replace("\r", ""))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
