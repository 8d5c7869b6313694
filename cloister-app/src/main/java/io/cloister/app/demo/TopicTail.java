// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning, as any analyst's client would: committed records alone. */
final class TopicTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<String, String> consumer;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Thread thread;

  /**
   * @param kafka how to reach the cluster
   * @param topics topics that exist
   * @param handler takes topic and value, in this tail's own thread
   */
  TopicTail(ClientSettings kafka, Collection<String> topics, BiConsumer<String, String> handler) {
    this.consumer =
        new KafkaConsumer<>(kafka.consumer(), new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.thread = new Thread(() -> read(handler), "demo-tail");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @throws EnvironmentException when the broker can no longer be read
   */
  void check() {
    if (failed.get()) {
      throw new EnvironmentException("the broker can no longer be read");
    }
  }

  private void read(BiConsumer<String, String> handler) {
    try (consumer) {
      while (!closed.get()) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            handler.accept(record.topic(), record.value());
          }
        }
      }
    } catch (KafkaException e) {
      failed.set(true);
    }
  }

  @Override
  public void close() {
    closed.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
