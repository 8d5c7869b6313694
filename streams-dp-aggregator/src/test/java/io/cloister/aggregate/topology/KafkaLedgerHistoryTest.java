// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.ledger.Cost;
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

  /** Sees the end of everything written. */
  private final MockConsumer<byte[], byte[]> uncommitted = new MockConsumer<>("earliest");

  /** Sees what is before the first open transaction. */
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  private final KafkaLedgerHistory history =
      new KafkaLedgerHistory(
          isolation -> isolation.equals("read_uncommitted") ? uncommitted : consumer, TOPIC);

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

    assertThat(history.readAll())
        .extracting(LedgerEntry::release)
        .containsExactly("r0", "r1", "r2");
  }

  @Test
  void entriesOfATransactionThatIsStillOpenAreWaitedFor() {
    topicOf(2);
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    consumer.schedulePollTask(() -> add(0, "r0"));
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> add(1, "r1"));

    assertThat(history.readAll()).extracting(LedgerEntry::release).containsExactly("r0", "r1");
  }

  @Test
  void theEndOfATransactionIsNoEntryToWaitFor() {
    topicOf(2);
    consumer.schedulePollTask(() -> add(0, "r0"));
    consumer.schedulePollTask(() -> consumer.seek(PARTITION, 2));

    assertThat(history.readAll()).extracting(LedgerEntry::release).containsExactly("r0");
  }

  @Test
  void anEmptyTopicHoldsNothing() {
    topicOf(0);

    assertThat(history.readAll()).isEmpty();
  }

  @Test
  void aTopicThatDoesNotExistIsNoEmptyLedger() {
    assertThatThrownBy(history::readAll)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(TOPIC);
  }

  @Test
  void aTopicThatDoesNotAnswerIsNoEmptyLedger() {
    topicOf(3);
    consumer.schedulePollTask(() -> add(0, "r0"));

    assertThatThrownBy(() -> history.readAll())
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(TOPIC);
  }

  @Test
  void anEntryThatCannotBeReadStopsTheReleaser() {
    topicOf(1);
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, new byte[0], new byte[] {'{'})));

    assertThatThrownBy(() -> history.readAll()).isInstanceOf(EnvironmentException.class);
  }

  private void topicOf(long entries) {
    Node node = new Node(0, "none", 1);
    for (MockConsumer<byte[], byte[]> each : List.of(uncommitted, consumer)) {
      each.updatePartitions(
          TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
      each.updateBeginningOffsets(Map.of(PARTITION, 0L));
      each.updateEndOffsets(Map.of(PARTITION, entries));
    }
  }

  private void add(long offset, String release) {
    LedgerEntry entry =
        new LedgerEntry(
            Kind.REFUSAL, release, "q", "d", "m", Cost.pure(Epsilon.ZERO), 0, 1, 1, "", List.of());
    consumer.addRecord(
        new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], LedgerJson.toBytes(entry)));
  }
}
