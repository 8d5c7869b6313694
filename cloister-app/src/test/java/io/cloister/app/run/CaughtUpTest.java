// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.common.kafka.ClientSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaughtUpTest {
  private static final String OWN = "app-regions-repartition";

  @Test
  void nothingIsThroughThatIsUnreadOrUncommittedSomewhere(@TempDir Path dir) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        KafkaProducer<String, String> producer = transactional(broker);
        CaughtUp progress = new CaughtUp(ClientSettings.of(broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("in", 1, (short) 1),
                  new NewTopic("out", 1, (short) 1),
                  new NewTopic(OWN, 1, (short) 1)))
          .all()
          .get();
      producer.initTransactions();
      assertThat(progress.hasCaughtUp("app", List.of("in"))).isTrue();
      assertThat(progress.repartitioned("app")).containsExactly(OWN);

      producer.beginTransaction();
      producer.send(new ProducerRecord<>("in", "record")).get();
      producer.send(new ProducerRecord<>("out", "release")).get();
      assertThat(progress.hasOpenTransaction(List.of("out"))).isTrue();
      producer.commitTransaction();
      // The markers are written after the commit is decided.
      await().until(() -> !progress.hasOpenTransaction(List.of("in", "out")));
      assertThat(progress.hasCaughtUp("app", List.of("in"))).isFalse();

      // Read, and written on to a topic of its own that no offset was ever committed of.
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(OWN, "routed")).get();
      producer.commitTransaction();
      await().until(() -> !progress.hasOpenTransaction(List.of(OWN)));
      commit(admin, "in");
      assertThat(progress.hasCaughtUp("app", List.of("in"))).isFalse();

      commit(admin, OWN);
      assertThat(progress.hasCaughtUp("app", List.of("in"))).isTrue();
    }
  }

  /** The record alone: the marker of its transaction is never committed. */
  private static void commit(Admin admin, String topic) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            "app", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)))
        .all()
        .get();
  }

  private static KafkaProducer<String, String> transactional(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer"),
        new StringSerializer(),
        new StringSerializer());
  }
}
