// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells whether an application has committed everything that its topics hold. Offsets alone cannot
 * tell: the marker of the last transaction lies behind the last record and is never committed.
 */
final class CaughtUp implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param settings how to reach the cluster
   */
  CaughtUp(ClientSettings settings) {
    this.admin = Admin.create(settings.admin());
    this.consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * @param application an application id
   * @param topics what it reads; topics of its own, to which it repartitions, come by themselves
   * @return whether no record of them is left to read
   */
  boolean hasCaughtUp(String application, Collection<String> topics) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata());
    // What is repartitioned is written in the transaction that commits what was read, so it is
    // looked at afterwards.
    if (!nothingLeft(partitions(topics), committed)) {
      return false;
    }
    Map<TopicPartition, OffsetAndMetadata> now =
        get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata());
    return nothingLeft(partitions(repartitioned(application)), now);
  }

  /**
   * @param application an application id
   * @return the topics of its own to which it repartitions
   */
  List<String> repartitioned(String application) {
    return get(admin.listTopics().names()).stream()
        .filter(topic -> topic.startsWith(application + "-") && topic.endsWith("-repartition"))
        .toList();
  }

  /**
   * @param topics any topics
   * @return whether a transaction is open that wrote to one of them
   */
  boolean hasOpenTransaction(Collection<String> topics) {
    List<TopicPartition> partitions = partitions(topics);
    return !ends(partitions, IsolationLevel.READ_COMMITTED)
        .equals(ends(partitions, IsolationLevel.READ_UNCOMMITTED));
  }

  private Map<TopicPartition, Long> ends(
      List<TopicPartition> partitions, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
    }
    return partitions;
  }

  private boolean nothingLeft(
      List<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> behind = new HashMap<>();
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata offset = committed.get(partition);
        long start = starts.getOrDefault(partition, 0L);
        long position = offset == null ? start : Math.max(offset.offset(), start);
        if (position < ends.getOrDefault(partition, 0L)) {
          behind.put(partition, position);
        }
      }
      return holdsNoRecord(behind, ends);
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "the cluster does not tell how far stages are: " + e.getClass().getSimpleName(), e);
    }
  }

  private boolean holdsNoRecord(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    consumer.assign(positions.keySet());
    positions.forEach(consumer::seek);
    while (!positions.keySet().stream()
        .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))) {
      if (!consumer.poll(POLL).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new EnvironmentException("the cluster does not tell how far stages are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while waiting for stages", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
