// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what: the least that each principal needs. That analysts cannot read {@code scrubbed}
 * is what these entries are for.
 */
public final class Permissions {
  private static final String TOPIC = "Topic";

  private final TopologyConfig config;
  private final TopicNames names;
  private final List<Permission> permissions = new ArrayList<>();

  private Permissions(TopologyConfig config) {
    this.config = config;
    this.names = new TopicNames(config.pipeline());
  }

  /**
   * @param config a validated config
   * @return the entries, principal by principal
   */
  public static List<Permission> of(TopologyConfig config) {
    return new Permissions(config).list();
  }

  private List<Permission> list() {
    boolean fused = config.runtime().arrangement() == Arrangement.FUSED;
    String scrubber = fused ? "pipeline" : "scrubber";
    String anonymizer = fused ? "pipeline" : "anonymizer";
    String aggregator = fused ? "pipeline" : "aggregator";
    if (fused) {
      application(scrubber, names.fusedApplication());
    }
    if (config.scrub().isPresent()) {
      if (!fused) {
        application(scrubber, names.scrubApplication());
      }
      for (String raw : config.source().map(SourceConfig::topics).orElse(List.of())) {
        topic(scrubber, "Read", raw);
      }
      topic(scrubber, "Write", names.scrubbed());
      topic(scrubber, "Write", names.deadLetters());
    }
    if (config.anonymize().isPresent()) {
      if (!fused) {
        application(anonymizer, names.anonymizeApplication());
      }
      topic(anonymizer, "Read", names.scrubbed());
      topic(anonymizer, "Write", names.anonymized());
      topic("analyst", "Read", names.anonymized());
    }
    config.aggregate().ifPresent(aggregate -> aggregator(aggregator, fused, aggregate));
    topic("operator", "Read", names.deadLetters());
    return List.copyOf(permissions);
  }

  private void aggregator(String principal, boolean fused, AggregateConfig aggregate) {
    if (!fused) {
      application(principal, names.aggregateApplication());
    }
    topic(principal, "Read", names.scrubbed());
    topic(principal, "Read, Write", names.ledger());
    Map<String, AggregateConfig.Quota> consumers = new TreeMap<>(aggregate.consumers());
    consumers.keySet().forEach(name -> topic(principal, "Write", names.aggregates(name)));
    consumers.keySet().forEach(name -> topic(name, "Read", names.aggregates(name)));
    topic("operator", "Read", names.ledger());
  }

  /** What any Kafka Streams application needs, and the record of how the pipeline is run. */
  private void application(String principal, String id) {
    permissions.add(new Permission(principal, "Read, Delete", "Group", id, false));
    permissions.add(
        new Permission(
            principal, "Create, Delete, Read, Write, DescribeConfigs", TOPIC, id + "-", true));
    permissions.add(new Permission(principal, "Write, Describe", "TransactionalId", id, true));
    topic(principal, "Read, Write", names.arrangement());
    permissions.add(
        new Permission(
            principal, "Write, Describe", "TransactionalId", names.arrangement(), false));
    topic(principal, "DescribeConfigs", config.pipeline() + ".", true);
  }

  private void topic(String principal, String operations, String name) {
    topic(principal, operations, name, false);
  }

  private void topic(String principal, String operations, String name, boolean prefixed) {
    permissions.add(new Permission(principal, operations, TOPIC, name, prefixed));
  }
}
