// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.KeysConfig;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.config.RuntimeConfig;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopicsConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What of a config could be bound. A section is absent when it is not written and when it has a
 * problem that leaves nothing to look at.
 *
 * @param values key to value of the root
 * @param directory what the files that it names are relative to
 * @param purpose what the config is read for
 */
public record Draft(Map<String, Object> values, Path directory, Purpose purpose) {
  /** The pipeline's name. */
  Optional<String> pipeline() {
    return Optional.ofNullable((String) values.get("pipeline"));
  }

  /** Kafka client properties. */
  Map<?, ?> kafka() {
    return values.get("kafka") instanceof Map<?, ?> map ? map : Map.of();
  }

  Optional<RegistryConfig> registry() {
    return section("registry", RegistryConfig.class);
  }

  Optional<KeysConfig> keys() {
    return section("keys", KeysConfig.class);
  }

  Optional<RuntimeConfig> runtime() {
    return section("runtime", RuntimeConfig.class);
  }

  Optional<TopicsConfig> topics() {
    return section("topics", TopicsConfig.class);
  }

  Optional<SourceConfig> source() {
    return section("source", SourceConfig.class);
  }

  Optional<ScrubConfig> scrub() {
    return section("scrub", ScrubConfig.class);
  }

  Optional<AnonymizeConfig> anonymize() {
    return section("anonymize", AnonymizeConfig.class);
  }

  Optional<AggregateConfig> aggregate() {
    return section("aggregate", AggregateConfig.class);
  }

  private <T> Optional<T> section(String key, Class<T> type) {
    Object value = values.get(key);
    Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    return type.isInstance(bare) ? Optional.of(type.cast(bare)) : Optional.empty();
  }
}
