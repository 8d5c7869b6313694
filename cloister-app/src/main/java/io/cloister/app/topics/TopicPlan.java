// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopicsConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.MessageSizes;
import io.cloister.common.kafka.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The topics of one pipeline. Stores and repartition topics are Kafka Streams' own and not part of
 * it.
 *
 * <p>Topics of Cloister carry the broker's time, so that retention counts from when a record was
 * written, whatever its event time. Only {@code anonymized} does not: a record that is released at
 * once would carry the time at which it happened. There the stage writes a truncated time.
 *
 * @param raw the user's own topics, which are read alone
 * @param own Cloister's topics
 */
public record TopicPlan(List<PlannedTopic> raw, List<PlannedTopic> own) {
  /** Takes copies. */
  public TopicPlan {
    raw = List.copyOf(raw);
    own = List.copyOf(own);
  }

  /**
   * @param config a validated config
   * @return the topics that its sections need
   */
  public static TopicPlan of(TopologyConfig config) {
    return new Planner(config).plan();
  }

  /**
   * @return the raw topics and Cloister's own
   */
  public List<PlannedTopic> all() {
    List<PlannedTopic> all = new ArrayList<>(raw);
    all.addAll(own);
    return all;
  }

  private record Planner(TopologyConfig config, TopicNames names, TopicsConfig topics) {
    Planner(TopologyConfig config) {
      this(config, new TopicNames(config.pipeline()), config.topics());
    }

    TopicPlan plan() {
      List<PlannedTopic> raw = new ArrayList<>();
      for (String name : config.source().map(SourceConfig::topics).orElse(List.of())) {
        // Made for the embedded broker alone, where one partition keeps a replayed file in order.
        raw.add(new PlannedTopic(name, 1, topics.replicas(), Map.of()));
      }
      List<PlannedTopic> own = new ArrayList<>();
      own.add(topic(names.scrubbed(), topics.partitions(), topics.retention()));
      own.add(topic(names.deadLetters(), 1, topics.retention()));
      if (config.anonymize().isPresent()) {
        own.add(
            topic(
                names.anonymized(),
                topics.regions(),
                String.valueOf(topics.retention().toMillis()),
                "CreateTime"));
      }
      config.aggregate().ifPresent(aggregate -> addAggregates(own, aggregate));
      own.add(
          new PlannedTopic(
              names.arrangement(), 1, topics.replicas(), Map.of("cleanup.policy", "compact")));
      return new TopicPlan(raw, own);
    }

    private void addAggregates(List<PlannedTopic> own, AggregateConfig aggregate) {
      for (String consumer : new TreeSet<>(aggregate.consumers().keySet())) {
        own.add(topic(names.aggregates(consumer), 1, topics.retention()));
      }
      // Without its oldest entries the ledger would forget what was spent.
      own.add(ledger(topic(names.ledger(), 1, "-1")));
    }

    /** What is spent is on two brokers before anything is published, where there are two. */
    private PlannedTopic ledger(PlannedTopic topic) {
      Map<String, String> settings = new TreeMap<>(topic.settings());
      settings.put("min.insync.replicas", String.valueOf(Math.min(2, topics.replicas())));
      return new PlannedTopic(topic.name(), topic.partitions(), topic.replicas(), settings);
    }

    private PlannedTopic topic(String name, int partitions, Duration retention) {
      return topic(name, partitions, String.valueOf(retention.toMillis()));
    }

    private PlannedTopic topic(String name, int partitions, String retentionMillis) {
      return topic(name, partitions, retentionMillis, "LogAppendTime");
    }

    private PlannedTopic topic(
        String name, int partitions, String retentionMillis, String timestampType) {
      int maxMessageBytes =
          config
              .source()
              .map(source -> new MessageSizes(source.maxBytes()).maxMessageBytes())
              .orElseGet(() -> new MessageSizes(0).maxMessageBytes());
      return new PlannedTopic(
          name,
          partitions,
          topics.replicas(),
          Map.of(
              "cleanup.policy",
              "delete",
              "retention.ms",
              retentionMillis,
              "message.timestamp.type",
              timestampType,
              "max.message.bytes",
              String.valueOf(maxMessageBytes)));
    }
  }
}
