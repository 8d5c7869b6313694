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
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the ledger topic to its end: what is committed, after waiting for every transaction that
 * was open when it began. One that a crashed releaser left open may still be committed, so entries
 * behind it must not be missed.
 */
public final class KafkaLedgerHistory implements LedgerHistory {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Function<String, Consumer<byte[], byte[]>> consumers;
  private final String topic;

  /**
   * @param client properties of a consumer
   * @param topic the ledger topic
   */
  public KafkaLedgerHistory(Map<String, Object> client, String topic) {
    this(isolation -> consumer(client, isolation), topic);
  }

  /** With consumers by their isolation level, so that a test can give them. */
  KafkaLedgerHistory(Function<String, Consumer<byte[], byte[]>> consumers, String topic) {
    this.consumers = consumers;
    this.topic = topic;
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> client, String isolation) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public List<LedgerEntry> readAll() {
    try {
      return entriesBefore(end());
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "the topic " + topic + " cannot be read to its end; the releaser waits for it", e);
    }
  }

  /** Of everything written: a reader of what is committed sees an end before open transactions. */
  private long end() {
    try (Consumer<byte[], byte[]> consumer = consumers.apply("read_uncommitted")) {
      if (consumer.listTopics(PATIENCE).getOrDefault(topic, List.of()).isEmpty()) {
        throw new EnvironmentException(
            "there is no topic "
                + topic
                + ", which holds what was spent; create a new pipeline's with"
                + " 'cloister topics --create', and never run on without a lost one");
      }
      TopicPartition partition = new TopicPartition(topic, 0);
      Long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
      if (end == null) {
        throw new EnvironmentException("the end of the topic " + topic + " is not known");
      }
      return end;
    }
  }

  private List<LedgerEntry> entriesBefore(long end) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<LedgerEntry> entries = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumers.apply("read_committed")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long polls = PATIENCE.dividedBy(POLL);
      long position = consumer.position(partition, PATIENCE);
      // The position passes the ends of transactions too, which are no records.
      while (position < end) {
        consumer.poll(POLL).forEach(record -> entries.add(LedgerJson.fromBytes(record.value())));
        long before = position;
        position = consumer.position(partition, PATIENCE);
        polls = position > before ? PATIENCE.dividedBy(POLL) : polls - 1;
        if (polls < 0) {
          throw new EnvironmentException(
              "the topic " + topic + " does not answer; the releaser waits for it");
        }
      }
    }
    return entries;
  }
}
