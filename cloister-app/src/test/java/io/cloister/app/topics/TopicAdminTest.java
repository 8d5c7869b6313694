// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminTest {
  private static EmbeddedBroker broker;
  private static TopicAdmin admin;

  @BeforeAll
  static void start(@TempDir Path dir) {
    broker = EmbeddedBroker.start(dir);
    admin = new TopicAdmin(ClientSettings.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void createsWhatIsMissingAndFindsItInPlaceAfterwards() {
    List<PlannedTopic> topics = TopicPlan.of(TopicPlanTest.config()).all();
    assertThat(admin.missing(topics)).isEqualTo(topics);
    admin.create(topics);
    assertThat(admin.missing(topics)).isEmpty();
    admin.create(topics);
  }

  @Test
  void tellsEveryContradictionAtOnce() {
    admin.create(
        List.of(
            topic(
                "a",
                1,
                Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime")),
            topic("b", 1, Map.of("retention.ms", "5"))));
    assertThatThrownBy(
            () ->
                admin.missing(
                    List.of(
                        topic(
                            "a",
                            2,
                            Map.of(
                                "cleanup.policy",
                                "delete",
                                "message.timestamp.type",
                                "LogAppendTime")),
                        topic("b", 1, Map.of("retention.ms", "-1")))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("topic a: partitions is 1, the config needs 2")
        .hasMessageContaining("topic a: cleanup.policy is compact, the config needs delete")
        .hasMessageContaining("topic a: message.timestamp.type is CreateTime")
        .hasMessageContaining("topic b: retention.ms is 5, the config needs -1");
  }

  @Test
  void leavesItToOperatorsHowLongRecordsAreKeptThatMayGo() {
    admin.create(List.of(topic("c", 1, Map.of("retention.ms", "5"))));
    assertThat(admin.missing(List.of(topic("c", 1, Map.of("retention.ms", "7"))))).isEmpty();
  }

  @Test
  void saysWhichTopicTheClusterRefuses() {
    assertThatThrownBy(() -> admin.create(List.of(new PlannedTopic("d", 1, (short) 3, Map.of()))))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("topic d could not be created: InvalidReplicationFactorException");
  }

  private static PlannedTopic topic(String name, int partitions, Map<String, String> settings) {
    return new PlannedTopic(name, partitions, (short) 1, settings);
  }
}
