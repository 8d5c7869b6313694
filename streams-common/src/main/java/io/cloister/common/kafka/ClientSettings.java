// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.kafka;

import io.cloister.common.error.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How clients reach the cluster: the {@code kafka} section of the config. Everything in it is
 * passed on, save what the guarantees rest on, which is refused. Its text holds no value, since one
 * may be a password.
 *
 * @param properties client properties; {@code bootstrap.servers} among them
 */
public record ClientSettings(Map<String, String> properties) {
  private static final String SERVERS = "bootstrap.servers";

  /** Prefixes by which Kafka Streams addresses one of its clients. */
  private static final List<String> PREFIXES =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.");

  /**
   * What a user's choice would break: who reads what, exactly once, in which order, by when, and
   * failing closed.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "acks",
          "application.id",
          "auto.offset.reset",
          "commit.interval.ms",
          "default.deserialization.exception.handler",
          "default.production.exception.handler",
          "default.timestamp.extractor",
          "delivery.timeout.ms",
          "deserialization.exception.handler",
          "enable.auto.commit",
          "enable.idempotence",
          "ensure.explicit.internal.resource.naming",
          "errors.dead.letter.queue.topic.name",
          "group.id",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.in.flight.requests.per.connection",
          "max.request.size",
          "partitioner.class",
          "partitioner.ignore.keys",
          "poll.ms",
          "processing.exception.handler",
          "processing.guarantee",
          "production.exception.handler",
          "retries",
          "state.dir",
          "topology.optimization",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  /**
   * Takes a copy and refuses what is reserved.
   *
   * @throws InputException that names every refused property, or that says that {@code
   *     bootstrap.servers} is missing
   */
  public ClientSettings {
    properties = Map.copyOf(properties);
    Set<String> refused = new TreeSet<>();
    for (String name : properties.keySet()) {
      if (RESERVED.contains(withoutPrefix(name))) {
        refused.add(name);
      }
    }
    if (!refused.isEmpty()) {
      throw new InputException(
          "kafka: "
              + String.join(", ", refused)
              + ": set by Cloister, because its guarantees rest on it; leave it out");
    }
    if (!properties.containsKey(SERVERS)) {
      throw new InputException(
          "kafka: bootstrap.servers is missing: name the cluster, or use the embedded broker");
    }
  }

  private static String withoutPrefix(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  /**
   * @param bootstrapServers a cluster that needs nothing else, such as the embedded broker
   * @return settings to reach it
   */
  public static ClientSettings of(String bootstrapServers) {
    return new ClientSettings(Map.of(SERVERS, bootstrapServers));
  }

  /**
   * @return properties of a Kafka Streams application, prefixed ones among them
   */
  public Map<String, Object> streams() {
    return new LinkedHashMap<>(properties);
  }

  /**
   * @return properties of an admin client
   */
  public Map<String, Object> admin() {
    return client("admin.");
  }

  /**
   * @return properties of a consumer outside any group that sees committed records alone, from the
   *     start of what it is assigned
   */
  public Map<String, Object> consumer() {
    Map<String, Object> settings = client("consumer.");
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    return settings;
  }

  /**
   * @return properties of a producer that neither loses nor repeats nor reorders
   */
  public Map<String, Object> producer() {
    Map<String, Object> settings = client("producer.");
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    return settings;
  }

  private Map<String, Object> client(String prefix) {
    Map<String, Object> settings = new LinkedHashMap<>();
    properties.forEach(
        (name, value) -> {
          if (withoutPrefix(name).equals(name)) {
            settings.put(name, value);
          }
        });
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            settings.put(name.substring(prefix.length()), value);
          }
        });
    return settings;
  }

  @Override
  public String toString() {
    return "ClientSettings" + new TreeSet<>(properties.keySet());
  }
}
