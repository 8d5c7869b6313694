// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.error.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "processing.guarantee",
        "isolation.level",
        "consumer.isolation.level",
        "main.consumer.isolation.level",
        "producer.acks",
        "producer.enable.idempotence",
        "errors.dead.letter.queue.topic.name",
        "processing.exception.handler",
        "poll.ms",
        "commit.interval.ms"
      })
  void refusesWhatTheGuaranteesRestOn(String name) {
    assertThatThrownBy(
            () -> new ClientSettings(Map.of("bootstrap.servers", "there:9092", name, "other")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(name);
  }

  @Test
  void needsACluster() {
    assertThatThrownBy(() -> new ClientSettings(Map.of("security.protocol", "SSL")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bootstrap.servers");
  }

  @Test
  void givesEachClientItsOwnPropertiesAndTheCommonOnes() {
    ClientSettings settings =
        new ClientSettings(
            Map.of(
                "bootstrap.servers", "there:9092",
                "security.protocol", "SSL",
                "producer.batch.size", "1",
                "consumer.fetch.min.bytes", "2"));
    assertThat(settings.producer())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("batch.size", "1")
        .containsEntry("acks", "all")
        .doesNotContainKeys("producer.batch.size", "fetch.min.bytes");
    assertThat(settings.consumer())
        .containsEntry("fetch.min.bytes", "2")
        .containsEntry("isolation.level", "read_committed");
    assertThat(settings.streams()).containsEntry("producer.batch.size", "1");
  }

  @Test
  void textHoldsNoValue() {
    ClientSettings settings =
        new ClientSettings(
            Map.of("bootstrap.servers", "there:9092", "sasl.jaas.config", "hunter2"));
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
  }
}
