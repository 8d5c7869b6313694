// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topic of one partition holds, from its start to where it ends now. */
final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(100);

  private final ClientSettings settings;

  /**
   * @param settings how to reach the cluster
   */
  TopicReader(ClientSettings settings) {
    this.settings = settings;
  }

  /**
   * @param topic a topic of one partition
   * @return its committed records, oldest first
   * @throws EnvironmentException when it cannot be read to its end
   */
  List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
      while (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
        consumer.poll(POLL).forEach(records::add);
      }
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "topic " + topic + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
    return records;
  }
}
