// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.generator.CampusEvent;
import io.cloister.app.generator.CampusEvents;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTopologyTest {
  private static final Path FILE = Path.of("src/main/resources/demo/topology.yaml");

  private final TopologyConfig config = ConfigReader.read(FILE, Purpose.RUN_ALL).orThrow();

  @Test
  void everyFieldOfTheGeneratorIsTreatedButTheDeviceWhichShowsWhatDroppingIs() {
    CampusEvents events = new CampusEvents(100, 0, new SplittableRandom(1), InstantSource.system());
    Set<String> generated =
        Stream.generate(events::next)
            .limit(200)
            .map(CampusEvent::json)
            .flatMap(json -> Flat.of(json).keySet().stream())
            .collect(Collectors.toSet());
    Set<String> treated =
        config.scrub().orElseThrow().fields().keySet().stream()
            .map(Object::toString)
            .collect(Collectors.toSet());
    treated.add("timestamp");
    treated.add("context.device");
    assertThat(generated).isEqualTo(treated);
  }

  @Test
  void oneConsumerRunsOutOfBudgetAfterTwoRoundsOfWhichTheSecondIsWhole() {
    AggregateConfig aggregate = config.aggregate().orElseThrow();
    double round =
        aggregate.queries().values().stream()
            .filter(query -> query.consumers().containsKey("research-group"))
            .mapToDouble(
                query ->
                    Objects.requireNonNull(query.consumers().get("research-group"))
                        .epsilon()
                        .doubleValue())
            .sum();
    double quota =
        Objects.requireNonNull(aggregate.consumers().get("research-group")).epsilon().doubleValue();
    assertThat(quota).isGreaterThanOrEqualTo(2 * round).isLessThan(3 * round);
  }
}
