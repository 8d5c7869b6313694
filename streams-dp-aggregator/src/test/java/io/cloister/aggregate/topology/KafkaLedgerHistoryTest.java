// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerJson;
import io.cloister.common.error.EnvironmentException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaLedgerHistoryTest {
  private static final String TOPIC = "campus.ledger";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final KafkaLedgerHistory history = new KafkaLedgerHistory(Map.of(), TOPIC);

  @Test
  void theTopicIsReadToItsEnd() {
    topicOf(3);
    consumer.schedulePollTask(() -> add(0, "r0"));
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(
        () -> {
          add(1, "r1");
          add(2, "r2");
        });

    assertThat(history.readAll(consumer))
        .extracting(LedgerEntry::release)
        .containsExactly("r0", "r1", "r2");
  }

  @Test
  void aTopicThatDoesNotExistHoldsNothing() {
    assertThat(history.readAll(consumer)).isEmpty();
  }

  @Test
  void aTopicThatDoesNotAnswerIsNoEmptyLedger() {
    topicOf(3);
    consumer.schedulePollTask(() -> add(0, "r0"));

    assertThatThrownBy(() -> history.readAll(consumer))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(TOPIC);
  }

  @Test
  void anEntryThatCannotBeReadStopsTheReleaser() {
    topicOf(1);
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, new byte[0], new byte[] {'{'})));

    assertThatThrownBy(() -> history.readAll(consumer)).isInstanceOf(EnvironmentException.class);
  }

  private void topicOf(long entries) {
    Node node = new Node(0, "none", 1);
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, entries));
  }

  private void add(long offset, String release) {
    LedgerEntry entry =
        new LedgerEntry(Kind.REFUSAL, release, "q", "d", "m", Epsilon.ZERO, 0, 1, 1, "", List.of());
    consumer.addRecord(
        new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], LedgerJson.toBytes(entry)));
  }
}
