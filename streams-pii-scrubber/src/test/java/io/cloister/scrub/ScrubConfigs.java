// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;

/** Configs for tests, written as users write them. */
public final class ScrubConfigs {
  private ScrubConfigs() {}

  /**
   * @param scrub the lines of the section {@code scrub}
   * @return a config with subject {@code student} and time {@code timestamp}
   */
  public static TopologyConfig withScrub(String... scrub) {
    String yaml =
        """
        pipeline: test
        kafka: { bootstrap.servers: "localhost:9092" }
        source: { topics: [raw], subject: student, time: timestamp, max-bytes: 800000 }
        scrub:
        """;
    return read(yaml + String.join("\n", scrub).indent(2));
  }

  /**
   * @param yaml a whole config
   * @return it, read
   */
  public static TopologyConfig read(String yaml) {
    return ConfigReader.read("test.yaml", yaml, Purpose.CHECK).orThrow();
  }
}
