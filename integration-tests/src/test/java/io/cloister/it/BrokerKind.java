// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloister.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Where suites get a broker from: each runs on every kind, and skips those that are not to be had.
 */
enum BrokerKind {
  /** In this process. */
  EMBEDDED {
    @Override
    Broker start(Path dir) {
      EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"));
      return new Broker() {
        @Override
        public String bootstrapServers() {
          return broker.bootstrapServers();
        }

        @Override
        public void close() {
          broker.close();
        }
      };
    }
  },

  /** Apache's image, by Testcontainers. */
  CONTAINER {
    @Override
    Broker start(Path dir) {
      assumeTrue(
          DockerClientFactory.instance().isDockerAvailable(),
          "no Docker engine answers: the suite runs on the embedded broker alone");
      KafkaContainer container =
          new KafkaContainer(DockerImageName.parse("apache/kafka:" + KAFKA_VERSION));
      container.start();
      return new Broker() {
        @Override
        public String bootstrapServers() {
          return container.getBootstrapServers();
        }

        @Override
        public void close() {
          container.stop();
        }
      };
    }
  };

  private static final String KAFKA_VERSION =
      org.apache.kafka.common.utils.AppInfoParser.getVersion();

  /** Starts a broker, or skips the test. */
  abstract Broker start(Path dir);
}
