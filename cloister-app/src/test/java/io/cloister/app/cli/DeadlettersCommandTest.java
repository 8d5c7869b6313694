// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.keys.KeysetFile;
import io.cloister.common.record.FailureKind;
import io.cloister.scrub.deadletter.DeadLetter;
import io.cloister.scrub.deadletter.DeadLetterEnvelope;
import io.cloister.scrub.deadletter.DeadLetterFormat;
import io.cloister.scrub.deadletter.RawRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlettersCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsReasonsAndOpensRecordsWithTheKeyAlone(@TempDir Path directory) throws Exception {
    Path keys = directory.resolve("keys.json");
    KeysetFile.create(keys);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
      Path config = config(directory, broker.bootstrapServers());
      writeDeadLetters(broker, keys);

      assertThat(run("deadletters", "-c", config.toString())).as(err::toString).isZero();
      assertThat(out.toString())
          .contains("WRONG_TYPE", "context.ip", "raw/0/1", "2 dead letters")
          .doesNotContain("Secret");

      out.getBuffer().setLength(0);
      assertThat(run("deadletters", "-c", config.toString(), "--open", "--limit", "1")).isZero();
      assertThat(out.toString()).contains("Secret 1\\u001b[2J").doesNotContain("Secret 0");
      assertThat(err.toString()).contains("raw personal data");
    }
  }

  @Test
  void withoutTheKeyNothingIsOpened(@TempDir Path directory) throws Exception {
    Path config = config(directory, "localhost:1");

    assertThat(run("deadletters", "-c", config.toString(), "--open"))
        .isEqualTo(ExitCode.ENVIRONMENT.number());
    assertThat(err.toString()).contains("there is no keyset");
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private static Path config(Path directory, String servers) throws Exception {
    String yaml =
        """
        pipeline: test
        kafka: { bootstrap.servers: "%s" }
        keys: { provider: file, uri: "file:keys.json" }
        source: { topics: [raw], subject: student, time: timestamp }
        scrub: { fields: { student: { tokenize: { domain: student } } } }
        """;
    return Files.writeString(directory.resolve("config.yaml"), yaml.formatted(servers));
  }

  private static void writeDeadLetters(EmbeddedBroker broker, Path keys) throws Exception {
    ClientSettings settings = ClientSettings.of(broker.bootstrapServers());
    try (Admin admin = Admin.create(settings.admin())) {
      admin.createTopics(List.of(new NewTopic("test.dead-letters", 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 2; i++) {
        producer.send(new ProducerRecord<>("test.dead-letters", letter(keys, i))).get();
      }
    }
  }

  private static byte[] letter(Path keys, int offset) {
    SourcePosition position = new SourcePosition("raw", 0, offset);
    byte[] value = ("Secret " + offset + "\u001b[2J").getBytes(UTF_8);
    return DeadLetterFormat.write(
        new DeadLetter(
            "scrub",
            FailureKind.WRONG_TYPE,
            Optional.of("context.ip"),
            position,
            Instant.EPOCH,
            DeadLetterEnvelope.close(
                KeysetFile.open(keys).deadLetterEncrypt(),
                "scrub",
                position,
                new RawRecord(Optional.empty(), Optional.of(value)))));
  }
}
