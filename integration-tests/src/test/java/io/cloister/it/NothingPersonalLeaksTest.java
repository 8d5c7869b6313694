// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.console.StatusPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every personal field of every event, good or bad, holds a word that occurs nowhere else. Then
 * everything that the pipeline ever wrote is searched for such words.
 */
class NothingPersonalLeaksTest {
  /** Another process may run the same test. */
  private static final String WORD = "canary" + ProcessHandle.current().pid() + "x";

  private static final Pattern CANARY = Pattern.compile("(?i)" + WORD + "[a-z]*[0-9]+");
  private static final int GOOD = 400;

  @TempDir private Path dir;
  private int canaries;

  @Test
  void anywhereThatThePipelineWrites() throws Exception {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> before = files(temp);
    Path config = TestPipeline.config(dir, "leaks.yaml", Map.of());
    Map<String, String> places = new LinkedHashMap<>();
    try (Capture capture = new Capture();
        Broker broker = BrokerKind.EMBEDDED.start(dir)) {
      int bad;
      try (TestPipeline pipeline = TestPipeline.start(broker, config).awaitRunning()) {
        bad = produce(pipeline);
        pipeline.awaitDone(Duration.ofMinutes(2));
        assertThat(pipeline.accounting().count("scrub", "out")).isEqualTo(GOOD);
        assertThat(pipeline.accounting().count("scrub", "dead-lettered")).isEqualTo(bad);
        assertThat(pipeline.accounting().count("anonymize", "out")).isPositive();
        // The search finds what it shall find.
        assertThat(canariesIn(topic(pipeline, "events"))).hasSizeGreaterThan(GOOD);
        for (String name : topics(pipeline)) {
          places.put("topic " + name, topic(pipeline, name));
        }
        places.put("metrics", pipeline.scrape());
        places.put("status page", StatusPage.render("leaks", Map.of(), pipeline.accounting()));
        places.put("threads", Thread.getAllStackTraces().keySet().toString());
      }
      places.put("logs and output", capture.said());
    }
    assertThat(places)
        .containsKeys(
            "topic leaks.scrubbed",
            "topic leaks.anonymized",
            "topic leaks.aggregates.board",
            "topic leaks.dead-letters",
            "topic leaks.ledger",
            "topic leaks.arrangement");
    assertThat(places.get("logs and output")).contains("A record became a dead letter");
    places.put("state and keys", contents(dir, dir.resolve("broker")));
    Set<Path> after = files(temp);
    after.removeAll(before);
    after.removeIf(path -> path.startsWith(dir));
    places.put("temporary files " + after, contents(after));
    places.forEach((place, text) -> assertThat(canariesIn(text)).as(place).isEmpty());
  }

  /** Produces good events and bad ones; says how many are bad. */
  private int produce(TestPipeline pipeline) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      records.add(record(good(i)));
    }
    List<byte[]> bad = new ArrayList<>();
    String good = good(GOOD);
    bad.add(utf8("no json: " + canary()));
    bad.add(utf8("\"" + canary() + "\""));
    bad.add(utf8(good.substring(0, good.length() / 2) + canary()));
    bad.add(utf8(good.replace("\"id\":", "\"" + canary() + "\":")));
    bad.add(utf8(good.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"" + canary() + "\"")));
    bad.add(utf8(good.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":null")));
    bad.add(utf8(good.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"2999-01-01T00:00:00Z\"")));
    bad.add(utf8(good.replaceFirst("\"ip\":\"[^\"]*\"", "\"ip\":\"" + canary() + "\"")));
    bad.add(utf8(good.replaceFirst("\"ip\":\"[^\"]*\"", "\"ip\":{\"" + canary() + "\":1}")));
    bad.add(utf8(good.replace("\"post\":", "\"gender\":\"" + canary() + "\",\"post\":")));
    bad.add(utf8(good.replaceFirst("\"post\":\"", "\"post\":\"\\\\ud800" + canary())));
    bad.add(
        utf8("{\"deep\":" + "[".repeat(3_000) + "\"" + canary() + "\"" + "]".repeat(3_000) + "}"));
    bad.add(utf8(good.replace("\"post\":\"", "\"post\":\"" + canary() + "x".repeat(30_000))));
    bad.add((canary() + '\u00ff').getBytes(StandardCharsets.ISO_8859_1));
    bad.forEach(value -> records.add(record(value)));
    records.add(new ProducerRecord<>("events", utf8(canary()), null));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            pipeline.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        record.headers().add("trace", utf8(canary()));
        producer.send(record).get();
      }
    }
    return bad.size() + 1;
  }

  private ProducerRecord<byte[], byte[]> record(String value) {
    return record(utf8(value));
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>("events", utf8(canary()), value);
  }

  private String good(int i) {
    Instant at = Instant.now().minusSeconds(600L - i);
    return """
    {"student":{"id":"%sid%d","name":"%s","mail":"%s@example.org"},"at":"%s","ip":"10.%d.77.88",\
    "gender":"%s","course":"%s","score":%d,"nickname":"%s","post":"Write to %s@example.org, please"}"""
        .formatted(
            WORD,
            i % 40,
            canary(),
            canary(),
            at,
            i % 100,
            i % 2 == 0 ? "F" : "M",
            i % 3 == 0 ? "math" : "art",
            i % 100,
            canary(),
            canary());
  }

  private String canary() {
    return WORD + canaries++;
  }

  private static Set<String> topics(TestPipeline pipeline) throws Exception {
    try (Admin admin = Admin.create(pipeline.kafka().admin())) {
      Set<String> names = new TreeSet<>(admin.listTopics().names().get());
      names.remove("events");
      return names;
    }
  }

  private static String topic(TestPipeline pipeline, String name) {
    StringBuilder text = new StringBuilder();
    for (ConsumerRecord<byte[], byte[]> record : Topics.readAll(pipeline.kafka(), name)) {
      text.append(latin(record.key())).append('\n').append(latin(record.value())).append('\n');
      record.headers().forEach(header -> text.append(header.key()).append(latin(header.value())));
    }
    return text.toString();
  }

  private static Set<String> canariesIn(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = CANARY.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Set<Path> files(Path root) {
    Set<Path> files = new TreeSet<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static String contents(Path root, Path except) {
    Set<Path> files = files(root);
    files.removeIf(file -> file.startsWith(except));
    assertThat(files).isNotEmpty();
    return contents(files);
  }

  private static String contents(Set<Path> files) {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      try {
        text.append(latin(Files.readAllBytes(file))).append('\n');
      } catch (IOException e) {
        // Other processes' files come and go.
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String latin(byte[] bytes) {
    return Optional.ofNullable(bytes)
        .map(present -> new String(present, StandardCharsets.ISO_8859_1))
        .orElse("");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
