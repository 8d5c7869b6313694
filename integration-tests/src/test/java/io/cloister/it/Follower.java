// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.awaitility.Awaitility.await;

import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts committed records of a topic as they come. */
final class Follower implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int seen;

  Follower(ClientSettings kafka, String topic) {
    this.consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits for so many more than there are now. */
  void awaitMore(int records) {
    int already;
    do {
      already = seen;
    } while (poll() > already);
    int enough = seen + records;
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofMinutes(2))
        .until(() -> poll() >= enough);
  }

  private int poll() {
    seen += consumer.poll(Duration.ofMillis(100)).count();
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
