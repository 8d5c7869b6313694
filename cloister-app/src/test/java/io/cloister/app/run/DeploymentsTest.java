// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.app.run.Deployment.KeyCheck;
import io.cloister.app.topics.PlannedTopic;
import io.cloister.app.topics.TopicAdmin;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.keys.Keysets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsTest {
  private static final KeyedFunction KEY = Keysets.inMemory().tokens();
  private static EmbeddedBroker broker;
  private static ClientSettings settings;

  @BeforeAll
  static void start(@TempDir Path dir) {
    broker = EmbeddedBroker.start(dir);
    settings = ClientSettings.of(broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void remembersTheFirstArrangementAndRefusesAnother() {
    Deployments deployments = deployments("first");
    Deployment deployment = deployments.establish(Arrangement.CHAINED, KEY);
    assertThat(deployments.establish(Arrangement.CHAINED, KEY)).isEqualTo(deployment);
    assertThatThrownBy(() -> deployments.establish(Arrangement.FUSED, KEY))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has run chained");
  }

  @Test
  void refusesAnotherTokenKeyThanThatOfTheFirstRun() {
    Deployments deployments = deployments("keys");
    deployments.establish(Arrangement.CHAINED, KEY);
    KeyedFunction other = Keysets.inMemory().tokens();
    assertThatThrownBy(() -> deployments.establish(Arrangement.CHAINED, other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("count as two people");
  }

  @Test
  void recordOfADeploymentReadsBackAndHoldsACheckValueOfTheTokenKey() {
    Deployment deployment =
        new Deployment(Arrangement.FUSED, new UUID(1, 2), new KeyCheck(3, "00ff00ff00ff00ff"));
    assertThat(new String(deployment.encode(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"arrangement\":\"fused\","
                + "\"deployment\":\"00000000-0000-0001-0000-000000000002\","
                + "\"token-key\":{\"version\":3,\"check\":\"00ff00ff00ff00ff\"}}");
    assertThat(Deployment.decode(deployment.encode())).isEqualTo(deployment);
  }

  @Test
  void letsOneOfSeveralFirstRunsNameTheDeployment() throws Exception {
    Deployments deployments = deployments("race");
    ExecutorService runs = Executors.newFixedThreadPool(3);
    try {
      List<Future<Deployment>> results =
          List.of(
              runs.submit(() -> deployments.establish(Arrangement.FUSED, KEY)),
              runs.submit(() -> deployments.establish(Arrangement.FUSED, KEY)),
              runs.submit(() -> deployments.establish(Arrangement.FUSED, KEY)));
      Set<Deployment> found = new HashSet<>();
      for (Future<Deployment> result : results) {
        found.add(result.get());
      }
      assertThat(found).hasSize(1);
    } finally {
      runs.shutdownNow();
    }
  }

  @Test
  void refusesARecordOfAnotherVersion() {
    byte[] later = "{\"version\":2}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Deployment.decode(later)).isInstanceOf(EnvironmentException.class);
  }

  private static Deployments deployments(String pipeline) {
    TopicNames names = new TopicNames(pipeline);
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      admin.create(
          List.of(
              new PlannedTopic(
                  names.arrangement(), 1, (short) 1, Map.of("cleanup.policy", "compact"))));
    }
    return new Deployments(settings, names, UUID::randomUUID);
  }
}
