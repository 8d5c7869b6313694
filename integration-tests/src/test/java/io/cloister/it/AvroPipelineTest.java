// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static io.cloister.it.AvroAttempts.FIRST;
import static io.cloister.it.AvroAttempts.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.app.embedded.EmbeddedRegistry;
import io.cloister.app.run.Accounting;
import io.cloister.it.Attempts.Attempt;
import io.cloister.it.Recount.Cell;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Avro through all three stages, written and read by Avro's own library with what the registry
 * holds; the source's schema changes on the way, and among the good records are bad ones.
 */
class AvroPipelineTest {
  private static final int K = 5;
  private static final int EVENTS = 2_000;
  private static final String SUBJECT = "attempts-value";
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Pattern PERSONAL = Pattern.compile("pupil[0-9]{4}|school\\.example");
  private static final Map<String, Recount> RECOUNTS =
      Map.of(
          "attempts", new Recount(WINDOW, 2, 2, attempt -> OptionalLong.of(1)),
          "scores",
              new Recount(
                  WINDOW, 1, 3, attempt -> OptionalLong.of(Long.parseLong(attempt.score()))));

  @TempDir private Path dir;

  @Test
  void recordsOfTwoSchemasAreTreatedReleasedAndCountedAndBadOnesStopNothing() throws Exception {
    List<Attempt> attempts = Attempts.invent(EVENTS);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start();
        Broker broker = BrokerKind.EMBEDDED.start(dir)) {
      WireAvro avro = new WireAvro(registry.url());
      Path config = TestPipeline.config(dir, "avro.yaml", Map.of("registry", registry.url()));
      try (TestPipeline pipeline = TestPipeline.start(broker, config).awaitRunning();
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  pipeline.kafka().producer(),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())) {
        int first = avro.register(SUBJECT, FIRST);
        for (Attempt attempt : attempts.subList(0, EVENTS / 2)) {
          send(producer, WireAvro.write(first, AvroAttempts.record(FIRST, attempt)));
        }
        producer.flush();
        await().until(() -> !read(pipeline, pipeline.names().anonymized()).isEmpty());
        assertThat(avro.versions("avro.scrubbed-value")).isEqualTo(1);

        int second = avro.register(SUBJECT, SECOND);
        Map<String, Integer> bad = sendBad(producer, avro, first, attempts.get(0));
        for (Attempt attempt : attempts.subList(EVENTS / 2, EVENTS)) {
          boolean old = attempt.row() % 3 == 0;
          send(
              producer,
              WireAvro.write(
                  old ? first : second, AvroAttempts.record(old ? FIRST : SECOND, attempt)));
        }
        producer.flush();
        pipeline.awaitDone(Duration.ofMinutes(2));

        everyRecordIsAccountedFor(pipeline, bad);
        List<JsonNode> scrubbed = scrubbedRecordsAreTreated(pipeline, avro);
        schemasHaveEvolved(avro, scrubbed);
        ReleasedCells.areOfKPeople(
            K,
            Set.of("row", "course", "term"),
            read(pipeline, pipeline.names().anonymized()),
            record -> avro.read(record.value()),
            attempts);
        figuresAreTheRecount(pipeline, avro, attempts);
        nothingPersonalIsLeft(pipeline, avro);
      }
    }
  }

  /** Returns how many became which kind of dead letter. */
  private static Map<String, Integer> sendBad(
      KafkaProducer<byte[], byte[]> producer, WireAvro avro, int id, Attempt attempt)
      throws Exception {
    byte[] good = WireAvro.write(id, AvroAttempts.record(FIRST, attempt));
    byte[] wrongMagic = good.clone();
    wrongMagic[0] = 1;
    send(producer, wrongMagic);
    send(producer, Arrays.copyOf(good, good.length - 3));
    send(producer, Arrays.copyOf(good, good.length + 1));
    send(producer, new byte[0]);

    byte[] unknown = good.clone();
    ByteBuffer.wrap(unknown).putInt(1, 9_999);
    send(producer, unknown);
    send(producer, unknown);

    for (String nobody : Arrays.asList(null, " ")) {
      GenericRecord record = AvroAttempts.record(FIRST, attempt);
      ((GenericRecord) ((GenericRecord) record.get("actor")).get("account")).put("name", nobody);
      send(producer, WireAvro.write(id, record));
    }

    GenericRecord ahead = AvroAttempts.record(FIRST, attempt);
    ahead.put("at", Instant.parse("2999-01-01T00:00:00Z").toEpochMilli());
    send(producer, WireAvro.write(id, ahead));

    byte[] text = good.clone();
    ByteBuffer.wrap(text)
        .putInt(1, avro.register("texts-value", Schema.create(Schema.Type.STRING)));
    send(producer, text);

    int unlike = avro.register("others-value", AvroAttempts.UNLIKE);
    send(producer, WireAvro.write(unlike, AvroAttempts.record(AvroAttempts.UNLIKE, attempt)));
    send(producer, WireAvro.write(unlike, AvroAttempts.record(AvroAttempts.UNLIKE, attempt)));

    producer.send(new ProducerRecord<>("attempts", utf8(attempt.student()), null)).get();
    return Map.of(
        "MALFORMED", 4,
        "UNKNOWN_SCHEMA", 2,
        "MISSING_SUBJECT", 2,
        "TOO_FAR_AHEAD", 1,
        "NOT_A_RECORD", 1,
        "NO_OUTPUT_SCHEMA", 2,
        "TOMBSTONE", 1);
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
    var unused = producer.send(new ProducerRecord<>("attempts", value));
  }

  private static void everyRecordIsAccountedFor(TestPipeline pipeline, Map<String, Integer> bad) {
    Accounting accounting = pipeline.accounting();
    System.out.print(accounting.describe());
    Map<String, Integer> dead = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(pipeline, pipeline.names().deadLetters())) {
      dead.merge(Topics.json(record).path("kind").asText(), 1, Integer::sum);
    }
    assertThat(dead).containsExactlyInAnyOrderEntriesOf(bad);
    int deadLetters = dead.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(accounting.count("scrub", "in")).isEqualTo(EVENTS + deadLetters);
    assertThat(accounting.count("scrub", "dead-lettered")).isEqualTo(deadLetters);
    assertThat(accounting.count("scrub", "out")).isEqualTo(EVENTS);
    assertThat(read(pipeline, pipeline.names().scrubbed())).hasSize(EVENTS);
    assertThat(accounting.count("anonymize", "in")).isEqualTo(EVENTS);
    int released = read(pipeline, pipeline.names().anonymized()).size();
    assertThat(accounting.count("anonymize", "out")).isEqualTo(released);
    assertThat(released + accounting.count("anonymize", "suppressed")).isEqualTo(EVENTS);
    assertThat(released).isGreaterThan(EVENTS / 2);
    assertThat(accounting.count("aggregate", "in")).isEqualTo(EVENTS);
    assertThat(accounting.count("aggregate", "late")).isZero();
    assertThat(accounting.count("aggregate", "unusable")).isZero();
  }

  private static List<JsonNode> scrubbedRecordsAreTreated(TestPipeline pipeline, WireAvro avro) {
    List<JsonNode> scrubbed = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(pipeline, pipeline.names().scrubbed())) {
      JsonNode content = avro.read(record.value());
      String person = content.at("/actor/account/name").asText();
      assertThat(person).matches("t1\\.k1\\.[A-Za-z0-9_-]{22}");
      assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(person);
      assertThat(content.at("/actor/mbox").asText()).isEqualTo("REDACTED");
      assertThat(content.at("/answer").asText())
          .isEqualTo(content.path("row").asInt() % 2 == 0 ? "null" : "ask <EMAIL> why");
      JsonNode remarks = content.path("remarks");
      assertThat(remarks.properties()).hasSize(2);
      assertThat(remarks.path("http://schema.example/teacher").path(0).path("words").asText())
          .isEqualTo("well done");
      assertThat(remarks.path("peer").path(0).path("author").asText()).startsWith("t1.k1.");
      scrubbed.add(content);
    }
    return scrubbed;
  }

  /** What the second version added and the config lists is there, where a record had it. */
  private static void schemasHaveEvolved(WireAvro avro, List<JsonNode> scrubbed) {
    for (String topic : List.of("avro.scrubbed", "avro.anonymized")) {
      assertThat(avro.versions(topic + "-value")).as(topic).isEqualTo(2);
    }
    assertThat(avro.versions("avro.aggregates.board-value")).isEqualTo(1);
    Map<Boolean, Set<String>> terms = new HashMap<>();
    for (JsonNode content : scrubbed) {
      int row = content.path("row").asInt();
      terms
          .computeIfAbsent(row >= EVENTS / 2 && row % 3 != 0, unused -> new TreeSet<>())
          .add(content.path("term").asText());
    }
    assertThat(terms).isEqualTo(Map.of(true, Set.of("spring"), false, Set.of("")));
  }

  private static void figuresAreTheRecount(
      TestPipeline pipeline, WireAvro avro, List<Attempt> attempts) {
    List<JsonNode> answers =
        read(pipeline, pipeline.names().aggregates("board")).stream()
            .map(record -> avro.read(record.value()))
            .toList();
    Map<Integer, Instant> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(pipeline, pipeline.names().scrubbed())) {
      Instant at = Instant.ofEpochMilli(avro.read(record.value()).path("at").asLong());
      newest.merge(record.partition(), at, (a, b) -> a.isAfter(b) ? a : b);
    }
    List<Cell> closed = Figures.closed(newest, Attempts.FIRST, WINDOW, Attempts.COURSES);
    assertThat(closed).hasSizeGreaterThan(20);
    new Figures(answers, "course")
        .areTheRecountWithinNoise(RECOUNTS, Attempts.submissions(attempts), closed);
  }

  /** In no topic but the raw one, and in no schema that was derived. */
  private static void nothingPersonalIsLeft(TestPipeline pipeline, WireAvro avro) throws Exception {
    Set<String> topics;
    try (Admin admin = Admin.create(pipeline.kafka().admin())) {
      topics = new TreeSet<>(admin.listTopics().names().get());
    }
    assertThat(topics).contains("attempts", "avro.scrubbed", "avro.anonymized");
    for (String topic : topics) {
      boolean found = false;
      for (ConsumerRecord<byte[], byte[]> record : read(pipeline, topic)) {
        found |= PERSONAL.matcher(latin(record)).find();
      }
      assertThat(found).as(topic).isEqualTo(topic.equals("attempts"));
    }
    for (String topic : List.of("avro.scrubbed", "avro.anonymized", "avro.aggregates.board")) {
      assertThat(avro.latest(topic + "-value").toString())
          .doesNotContain("pupil", "session", "nickname");
    }
  }

  private static String latin(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder text = new StringBuilder();
    Stream.concat(
            Stream.of(record.key(), record.value()),
            Arrays.stream(record.headers().toArray()).map(Header::value))
        .filter(Objects::nonNull)
        .forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)).append(' '));
    return text.toString();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(TestPipeline pipeline, String topic) {
    return Topics.readAll(pipeline.kafka(), topic);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
