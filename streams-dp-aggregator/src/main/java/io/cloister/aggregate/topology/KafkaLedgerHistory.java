// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerHistory;
import io.cloister.aggregate.ledger.LedgerJson;
import io.cloister.common.error.EnvironmentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the ledger topic to the end of what is committed. */
public final class KafkaLedgerHistory implements LedgerHistory {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> client;
  private final String topic;

  /**
   * @param client Kafka client properties
   * @param topic the ledger topic
   */
  public KafkaLedgerHistory(Map<String, String> client, String topic) {
    this.client = new HashMap<>(client);
    this.client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    this.client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    this.topic = topic;
  }

  @Override
  public List<LedgerEntry> readAll() {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return readAll(consumer);
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "the topic " + topic + " cannot be read to its end; the releaser waits for it", e);
    }
  }

  /** Apart, so that a test can give the consumer. */
  List<LedgerEntry> readAll(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.listTopics(PATIENCE).getOrDefault(topic, List.of());
    if (found.isEmpty()) {
      return List.of();
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    List<LedgerEntry> entries = new ArrayList<>();
    long polls = PATIENCE.dividedBy(POLL);
    while (consumer.position(partition, PATIENCE) < end) {
      Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL);
      long before = entries.size();
      records.forEach(record -> entries.add(LedgerJson.fromBytes(record.value())));
      polls = entries.size() > before ? PATIENCE.dividedBy(POLL) : polls - 1;
      if (polls < 0) {
        throw new EnvironmentException(
            "the topic " + topic + " does not answer; the releaser waits for it");
      }
    }
    return entries;
  }
}
