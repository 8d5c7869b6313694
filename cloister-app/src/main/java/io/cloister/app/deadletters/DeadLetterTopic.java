// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.deadletters;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the dead-letter topic holds at this moment. */
public final class DeadLetterTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ClientSettings settings;
  private final String topic;

  /**
   * @param settings how to reach the cluster
   * @param topic the topic's name
   */
  public DeadLetterTopic(ClientSettings settings, String topic) {
    this.settings = settings;
    this.topic = topic;
  }

  /**
   * @param limit how many at most, the newest, above zero
   * @return the values, oldest first
   * @throws EnvironmentException when the cluster does not answer or has no such topic
   */
  public List<byte[]> read(long limit) {
    Map<String, Object> properties = settings.consumer();
    // Looking must not make what it looks for.
    properties.put("allow.auto.create.topics", "false");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(found -> new TopicPartition(topic, found.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new EnvironmentException(
            "the cluster has no topic " + topic + "; has the scrubber run?");
      }
      return read(consumer, partitions, limit);
    }
  }

  private List<byte[]> read(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long limit) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      long begin = begins.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, 0L) - limit));
    }
    List<byte[]> values = new ArrayList<>();
    while (!arrived(consumer, ends)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
      if (records.isEmpty() && !arrived(consumer, ends)) {
        throw new EnvironmentException(
            "the cluster sent nothing of " + topic + " for " + PATIENCE.toSeconds() + " seconds");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.value() != null) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static boolean arrived(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }
}
