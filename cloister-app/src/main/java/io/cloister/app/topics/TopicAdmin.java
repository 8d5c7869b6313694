// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Compares a plan with what the cluster has, and creates what it lacks. */
public final class TopicAdmin implements AutoCloseable {
  private static final int VISIBLE_TRIES = 300;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final Admin admin;

  /**
   * @param settings how to reach the cluster
   */
  public TopicAdmin(ClientSettings settings) {
    this.admin = Admin.create(settings.admin());
  }

  /**
   * @param topics the topics that are needed
   * @return those that do not exist
   * @throws InputException when one that exists contradicts its plan; every contradiction is told
   * @throws EnvironmentException when the cluster does not answer
   */
  public List<PlannedTopic> missing(List<PlannedTopic> topics) {
    Set<String> existing = get(admin.listTopics().names());
    List<PlannedTopic> present =
        topics.stream().filter(topic -> existing.contains(topic.name())).toList();
    List<String> contradictions = contradictions(present);
    if (!contradictions.isEmpty()) {
      throw new InputException(
          String.join("\n", contradictions)
              + "\nchange the config to fit, or move the topic out of the way");
    }
    return topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
  }

  private List<String> contradictions(List<PlannedTopic> present) {
    List<String> names = present.stream().map(PlannedTopic::name).toList();
    Map<String, TopicDescription> descriptions = get(admin.describeTopics(names).allTopicNames());
    List<PlannedTopic> planned =
        present.stream().filter(topic -> !topic.settings().isEmpty()).toList();
    Map<String, Config> settings = settings(planned);
    List<String> contradictions = new ArrayList<>();
    for (PlannedTopic topic : planned) {
      Optional.ofNullable(descriptions.get(topic.name()))
          .map(description -> description.partitions().size())
          .filter(partitions -> partitions != topic.partitions())
          .ifPresent(
              found ->
                  contradictions.add(
                      contradiction(topic, "partitions", found, topic.partitions())));
      Optional.ofNullable(settings.get(topic.name()))
          .ifPresent(found -> contradictions.addAll(contradictions(topic, found)));
    }
    return contradictions;
  }

  private static List<String> contradictions(PlannedTopic topic, Config found) {
    List<String> contradictions = new ArrayList<>();
    topic
        .settings()
        .forEach(
            (name, wanted) -> {
              ConfigEntry entry = found.get(name);
              if (entry != null && !satisfies(name, wanted, entry.value())) {
                contradictions.add(contradiction(topic, name, entry.value(), wanted));
              }
            });
    return contradictions;
  }

  /** Operators may keep records for longer or shorter, save where the plan says for ever. */
  private static boolean satisfies(String name, String wanted, String found) {
    return switch (name) {
      case "retention.ms" -> !wanted.equals("-1") || found.equals("-1");
      case "max.message.bytes", "min.insync.replicas" ->
          Long.parseLong(found) >= Long.parseLong(wanted);
      default -> found.equals(wanted);
    };
  }

  private static String contradiction(
      PlannedTopic topic, String what, Object found, Object wanted) {
    return "topic " + topic.name() + ": " + what + " is " + found + ", the config needs " + wanted;
  }

  private Map<String, Config> settings(List<PlannedTopic> topics) {
    List<ConfigResource> resources =
        topics.stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    return get(admin.describeConfigs(resources).all()).entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
  }

  /**
   * Creates topics and waits until the cluster has them.
   *
   * @param topics topics that do not exist; one that another process creates meanwhile is no error
   * @throws EnvironmentException when the cluster refuses or does not answer
   */
  public void create(List<PlannedTopic> topics) {
    Map<String, KafkaFuture<Void>> created = new LinkedHashMap<>();
    List<NewTopic> topicsToCreate =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), topic.replicas())
                        .configs(topic.settings()))
            .toList();
    created.putAll(admin.createTopics(topicsToCreate).values());
    created.forEach(
        (name, future) -> {
          try {
            future.get();
          } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
              throw failed("topic " + name + " could not be created", e);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while creating topics", e);
          }
        });
    waitUntilVisible(topics.stream().map(PlannedTopic::name).toList());
  }

  /** The controller answers before every broker knows; who starts at once would see no topic. */
  private void waitUntilVisible(List<String> names) {
    for (int i = 0; i < VISIBLE_TRIES; i++) {
      if (get(admin.listTopics().names()).containsAll(names)) {
        return;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    throw new EnvironmentException(
        "topics were created, but the cluster does not list them; is its metadata up to date?");
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failed("the cluster did not tell its topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while asking for topics", e);
    }
  }

  private static EnvironmentException failed(String what, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new EnvironmentException(what + ": " + cause.getClass().getSimpleName(), cause);
  }

  @Override
  public void close() {
    admin.close();
  }
}
