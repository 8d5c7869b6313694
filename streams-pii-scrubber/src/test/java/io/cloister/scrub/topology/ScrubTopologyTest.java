// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.topology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.MessageSizes;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.keys.Keyset;
import io.cloister.common.keys.Keysets;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.JsonFormat;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Shape;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.ScrubConfigs;
import io.cloister.scrub.deadletter.DeadLetter;
import io.cloister.scrub.deadletter.DeadLetter.Content;
import io.cloister.scrub.deadletter.DeadLetterEnvelope;
import io.cloister.scrub.deadletter.DeadLetterFormat;
import io.cloister.scrub.deadletter.RawRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScrubTopologyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-03-14T10:00:00Z");
  private static final String GOOD =
      "{'student':'Kim Secret','timestamp':'2026-03-14T09:00:00Z','ip':'192.0.2.17',"
          + "'post':'mail kim@secret.example','score':7,'hidden':'Secret'}";
  private static final TopologyConfig CONFIG =
      ScrubConfigs.withScrub(
          "fields:",
          "  student: { tokenize: { domain: student } }",
          "  ip: { truncate: { prefix: 24 } }",
          "  post: { detect: { replace: label } }",
          "  score: keep",
          "  'tags[*]': { tokenize: { domain: tag } }");

  private final Keyset keyset = Keysets.inMemory();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TopologyTestDriver driver = driver(new JsonFormat(800_000));
  private final TestInputTopic<byte[], byte[]> raw =
      driver.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
  private final TestOutputTopic<String, byte[]> scrubbed = output("test.scrubbed");
  private final TestOutputTopic<String, byte[]> deadLetters = output("test.dead-letters");

  private TopologyTestDriver driver(RecordFormat format) {
    StreamsBuilder builder = new StreamsBuilder();
    topology(format).addTo(builder);
    Properties properties = new Properties();
    properties.put("ensure.explicit.internal.resource.naming", "true");
    return new TopologyTestDriver(builder.build(), properties, NOW);
  }

  private ScrubTopology topology(RecordFormat format) {
    return new ScrubTopology(
        CONFIG, Path.of(""), format, keyset, metrics, InstantSource.fixed(NOW));
  }

  private TestOutputTopic<String, byte[]> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aRecordGoesOnTreatedAndKeyedByPerson() throws Exception {
    raw.pipeInput("raw key".getBytes(UTF_8), json(GOOD));

    TestRecord<String, byte[]> record = scrubbed.readRecord();
    JsonNode value = JSON.readTree(record.value());
    assertThat(record.key()).matches("t1\\.k1\\.[A-Za-z0-9_-]{22}");
    assertThat(value.get("student").asText()).isEqualTo(record.key());
    assertThat(value.get("ip").asText()).isEqualTo("192.0.2.0");
    assertThat(value.get("post").asText()).isEqualTo("mail <EMAIL>");
    assertThat(value.get("score").asInt()).isEqualTo(7);
    assertThat(value.get("timestamp").asText()).isEqualTo("2026-03-14T09:00:00Z");
    assertThat(value.size()).isEqualTo(5);
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void ofKeyHeadersAndTimeOfTheRawRecordOnlyThePositionGoesOn() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("user", "Secret".getBytes(UTF_8));
    raw.pipeInput(new TestRecord<>("Secret".getBytes(UTF_8), json(GOOD), headers, 1_234_567L));

    TestRecord<String, byte[]> record = scrubbed.readRecord();
    assertThat(record.headers()).hasSize(1);
    assertThat(SourcePosition.from(record.headers())).contains(new SourcePosition("raw", 0, 0));
    assertThat(record.getRecordTime()).isEqualTo(NOW);
  }

  @Test
  void samePersonSameKeyOtherPersonOtherKey() {
    raw.pipeInput(json(GOOD));
    raw.pipeInput(json(GOOD));
    raw.pipeInput(json(GOOD.replace("Kim", "Ada")));

    List<String> keys = scrubbed.readRecordsToList().stream().map(TestRecord::key).toList();
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  static Stream<Arguments> badRecords() {
    return Stream.of(
        bad("{'student':'Secret'", FailureKind.MALFORMED, Optional.empty()),
        bad("", FailureKind.MALFORMED, Optional.empty()),
        bad("[{'student':'Secret'}]", FailureKind.NOT_A_RECORD, Optional.empty()),
        bad("'Secret'", FailureKind.NOT_A_RECORD, Optional.empty()),
        bad("null", FailureKind.NOT_A_RECORD, Optional.empty()),
        bad("{'student':'Secret','student':'Secret'}", FailureKind.DUPLICATE_KEY, Optional.empty()),
        bad("{'student':'Secret \\ud800'}", FailureKind.LONE_SURROGATE, Optional.empty()),
        bad(
            "{'a':" + "[".repeat(5000) + "]".repeat(5000) + "}",
            FailureKind.TOO_DEEP,
            Optional.empty()),
        bad(
            without("'student':'Kim Secret',"),
            FailureKind.MISSING_SUBJECT,
            Optional.of("student")),
        bad(with("'Kim Secret'", "null"), FailureKind.MISSING_SUBJECT, Optional.of("student")),
        bad(with("'Kim Secret'", "'  '"), FailureKind.MISSING_SUBJECT, Optional.of("student")),
        bad(with("'Kim Secret'", "{'n':'Secret'}"), FailureKind.WRONG_TYPE, Optional.of("student")),
        bad(with("'Kim Secret'", "['Secret']"), FailureKind.WRONG_TYPE, Optional.of("student")),
        bad(with("'Kim Secret'", "true"), FailureKind.WRONG_TYPE, Optional.of("student")),
        bad(with("'Kim Secret'", "1e99"), FailureKind.UNREADABLE_VALUE, Optional.of("student")),
        bad(
            without("'timestamp':'2026-03-14T09:00:00Z',"),
            FailureKind.MISSING_TIME,
            Optional.of("timestamp")),
        bad(
            with("'2026-03-14T09:00:00Z'", "null"),
            FailureKind.MISSING_TIME,
            Optional.of("timestamp")),
        bad(
            with("2026-03-14T09:00:00Z", "Secret"),
            FailureKind.UNREADABLE_TIME,
            Optional.of("timestamp")),
        bad(
            with("'2026-03-14T09:00:00Z'", "{}"),
            FailureKind.UNREADABLE_TIME,
            Optional.of("timestamp")),
        bad(with("T09:00", "T10:06"), FailureKind.TOO_FAR_AHEAD, Optional.of("timestamp")),
        bad(with("'192.0.2.17'", "17"), FailureKind.WRONG_TYPE, Optional.of("ip")),
        bad(with("192.0.2.17", "Secret"), FailureKind.UNREADABLE_VALUE, Optional.of("ip")),
        bad(with("'192.0.2.17'", "{'v4':'Secret'}"), FailureKind.WRONG_TYPE, Optional.of("ip")),
        bad(
            with("'mail kim@secret.example'", "['Secret']"),
            FailureKind.WRONG_TYPE,
            Optional.of("post")));
  }

  private static Arguments bad(String event, FailureKind kind, Optional<String> field) {
    return Arguments.of(event, kind, field);
  }

  private static String without(String part) {
    return with(part, "");
  }

  private static String with(String part, String instead) {
    assertThat(GOOD).contains(part);
    return GOOD.replace(part, instead);
  }

  @ParameterizedTest
  @MethodSource("badRecords")
  void aBadRecordBecomesADeadLetterThatTellsNoValueAndTheStageGoesOn(
      String event, FailureKind kind, Optional<String> field) throws Exception {
    byte[] rawKey = "Secret key".getBytes(UTF_8);

    raw.pipeInput(rawKey, json(event));
    raw.pipeInput(json(GOOD));

    TestRecord<String, byte[]> record = deadLetters.readRecord();
    DeadLetter letter = DeadLetterFormat.read(record.value()).orElseThrow();
    assertThat(record.key()).isEqualTo("scrub");
    assertThat(letter.kind()).isEqualTo(kind);
    assertThat(letter.field()).isEqualTo(field);
    assertThat(letter.position()).isEqualTo(new SourcePosition("raw", 0, 0));
    assertThat(letter.time()).isEqualTo(NOW);
    assertTellsNothing(record);
    RawRecord opened =
        DeadLetterEnvelope.open(keyset.deadLetterDecrypt().orElseThrow(), letter).orElseThrow();
    assertThat(opened.key()).hasValueSatisfying(key -> assertThat(key).isEqualTo(rawKey));
    assertThat(opened.value()).hasValueSatisfying(v -> assertThat(v).isEqualTo(json(event)));
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(scrubbed.getQueueSize()).isEqualTo(1);
  }

  private static void assertTellsNothing(TestRecord<String, byte[]> record) {
    String plain = new String(record.value(), ISO_8859_1).toLowerCase(Locale.ROOT);
    assertThat(plain).doesNotContain("secret", "192.0.2");
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void aTombstoneIsAccountedForWithoutContent() {
    raw.pipeInput("Secret".getBytes(UTF_8), (byte[]) null);

    TestRecord<String, byte[]> record = deadLetters.readRecord();
    DeadLetter letter = DeadLetterFormat.read(record.value()).orElseThrow();
    assertThat(letter.kind()).isEqualTo(FailureKind.TOMBSTONE);
    assertThat(letter.content()).isInstanceOf(Content.None.class);
    assertTellsNothing(record);
  }

  @Test
  void aRecordOverTheLimitBecomesADeadLetterWithoutContent() {
    raw.pipeInput(json("{'student':'" + "Secret".repeat(150_000) + "'}"));

    DeadLetter letter = DeadLetterFormat.read(deadLetters.readRecord().value()).orElseThrow();
    assertThat(letter.kind()).isEqualTo(FailureKind.TOO_LARGE);
    assertThat(letter.content()).isInstanceOf(Content.Omitted.class);
  }

  @Test
  void theLargestRecordAllowedFitsADeadLetterWithItsContent() {
    String event = with("2026-03-14T09:00:00Z", "");
    String filled = with("2026-03-14T09:00:00Z", "x".repeat(800_000 - event.length()));
    raw.pipeInput(new byte[4_096], json(filled));

    byte[] value = deadLetters.readRecord().value();
    DeadLetter letter = DeadLetterFormat.read(value).orElseThrow();
    assertThat(value.length).isLessThan(new MessageSizes(800_000).maxValueBytes());
    assertThat(letter.kind()).isEqualTo(FailureKind.UNREADABLE_TIME);
    assertThat(letter.content()).isInstanceOf(Content.Encrypted.class);
  }

  @Test
  void aKeyBeyondAllReasonLeavesTheContentOut() {
    raw.pipeInput(new byte[900_000], json("{'student':'Secret'"));

    DeadLetter letter = DeadLetterFormat.read(deadLetters.readRecord().value()).orElseThrow();
    assertThat(letter.content()).isInstanceOf(Content.Omitted.class);
  }

  @Test
  void aTreatedRecordThatNoProducerWouldSendBecomesADeadLetter() {
    String tags = "[" + "1,".repeat(60_000) + "1]";

    raw.pipeInput(json(with("'score':7", "'score':7,'tags':" + tags)));

    DeadLetter letter = DeadLetterFormat.read(deadLetters.readRecord().value()).orElseThrow();
    assertThat(letter.kind()).isEqualTo(FailureKind.TOO_LARGE);
    assertThat(letter.content()).isInstanceOf(Content.Encrypted.class);
    assertThat(scrubbed.isEmpty()).isTrue();
  }

  @Test
  void whatComesInGoesOutOrIsADeadLetter() {
    badRecords().forEach(bad -> raw.pipeInput(json((String) bad.get()[0])));
    raw.pipeInput(new byte[] {(byte) 0xFF, (byte) 0xFE}, new byte[] {(byte) 0xC3, 0x28});
    raw.pipeInput("key".getBytes(UTF_8), (byte[]) null);
    for (int i = 0; i < 5; i++) {
      raw.pipeInput(json(GOOD));
    }

    long bad = badRecords().count() + 2;
    assertThat(total(Outcome.IN)).isEqualTo(bad + 5);
    assertThat(total(Outcome.OUT)).isEqualTo(5).isEqualTo(scrubbed.getQueueSize());
    assertThat(total(Outcome.DEAD_LETTERED)).isEqualTo(bad).isEqualTo(deadLetters.getQueueSize());
    assertThat(metrics.get("cloister.dead.letters").tag("kind", "TOMBSTONE").counter().count())
        .isEqualTo(1);
  }

  private long total(Outcome outcome) {
    String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return (long)
        metrics.get("cloister.records").tags("stage", "scrub", "outcome", name).counter().count();
  }

  @Test
  void metersAreTaggedWithWordsOfOursAlone() {
    badRecords().forEach(bad -> raw.pipeInput(json((String) bad.get()[0])));

    assertThat(metrics.getMeters().toString()).doesNotContain("Secret", "Kim", "192.0.2");
  }

  @Test
  void aDefectStopsTheStageAndShowsNothingOfTheRecord() {
    RecordFormat broken = failing(new IllegalArgumentException("Secret", new Exception("Secret")));

    assertThatThrownBy(() -> pipeThrough(broken))
        .satisfies(
            failure -> {
              assertThat(failure).hasRootCauseInstanceOf(BugException.class);
              assertThat(failure.getCause()).hasNoCause();
              for (Throwable at = failure; at != null; at = at.getCause()) {
                assertThat(String.valueOf(at.getMessage())).doesNotContain("Secret");
              }
            })
        .rootCause()
        .hasMessageContaining("IllegalArgumentException");
  }

  @Test
  void aRegistryThatIsDownMakesTheStageWaitAndCountsNothing() {
    RecordFormat down = failing(new EnvironmentException("the registry does not answer"));

    assertThatThrownBy(() -> pipeThrough(down)).hasRootCauseInstanceOf(EnvironmentException.class);
    assertThat(total(Outcome.IN)).isZero();
    assertThat(total(Outcome.DEAD_LETTERED)).isZero();
  }

  @Test
  void aSchemaThatTheRegistryRefusesMakesADeadLetterAndTheStageGoesOn() throws Exception {
    JsonFormat json = new JsonFormat(800_000);
    RecordFormat refused =
        new RecordFormat() {
          @Override
          public Decoded decode(byte[] value) throws UntreatableRecordException {
            return json.decode(value);
          }

          @Override
          public Shape derive(Shape input, OutputFields fields) {
            return json.derive(input, fields);
          }

          @Override
          public byte[] encode(String topic, ObjectNode tree, Shape shape)
              throws UntreatableRecordException {
            if (tree.path("score").isTextual()) {
              throw new InputException("not compatible");
            }
            return json.encode(topic, tree, shape);
          }
        };

    try (TopologyTestDriver running = driver(refused)) {
      TestInputTopic<byte[], byte[]> input =
          running.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
      input.pipeInput(json(with("'score':7", "'score':'seven'")));
      input.pipeInput(json(GOOD));

      byte[] letter =
          running
              .createOutputTopic(
                  "test.dead-letters", new StringDeserializer(), new ByteArrayDeserializer())
              .readValue();
      assertThat(DeadLetterFormat.read(letter).orElseThrow().kind())
          .isEqualTo(FailureKind.NO_OUTPUT_SCHEMA);
    }
    assertThat(total(Outcome.DEAD_LETTERED)).isEqualTo(1);
    assertThat(total(Outcome.OUT)).isEqualTo(1);
  }

  private void pipeThrough(RecordFormat format) {
    try (TopologyTestDriver failing = driver(format)) {
      failing
          .createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(json(GOOD));
    }
  }

  private static RecordFormat failing(RuntimeException failure) {
    return new RecordFormat() {
      @Override
      public Decoded decode(byte[] value) {
        throw failure;
      }

      @Override
      public Shape derive(Shape input, OutputFields fields) {
        return input;
      }

      @Override
      public byte[] encode(String topic, ObjectNode tree, Shape shape)
          throws UntreatableRecordException {
        throw new UntreatableRecordException(FailureKind.UNENCODABLE);
      }
    };
  }

  @Test
  void theTopologyIsTheOneThatRunningInstancesKnow() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    topology(new JsonFormat(1000)).addTo(builder);

    try (InputStream golden = ScrubTopologyTest.class.getResourceAsStream("scrub-topology.txt")) {
      assertThat(golden).isNotNull();
      assertThat(builder.build().describe().toString().strip())
          .isEqualTo(new String(golden.readAllBytes(), UTF_8).strip());
    }
  }

  private static byte[] json(String singleQuoted) {
    return singleQuoted.replace('\'', '"').getBytes(UTF_8);
  }
}
