// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExampleConfigTest {
  private static final Path EXAMPLE = Path.of("../docs/examples/topology.yaml");

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANONYMIZE_FILE")
  void theDocumentedExampleHasNoProblem(Purpose purpose) {
    Reading reading = ConfigReader.read(EXAMPLE, purpose);

    assertThat(reading.describe()).isEmpty();
    assertThat(reading.config()).isPresent();
  }

  @Test
  void theDocumentedExampleBindsToWhatItSays() {
    TopologyConfig config = ConfigReader.read(EXAMPLE, Purpose.CHECK).orThrow();

    assertThat(config.pipeline()).isEqualTo("district-analytics");
    assertThat(config.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
    ScrubConfig scrub = config.scrub().orElseThrow();
    assertThat(scrub.fields())
        .containsEntry(path("actor.account.name"), new Treatment.Tokenize("student"))
        .containsEntry(path("actor.name"), new Treatment.Redact())
        .containsEntry(path("context.ip"), new Treatment.Truncate(24, 48))
        .containsEntry(path("birthDate"), new Treatment.Keep());
    AnonymizeConfig anonymize = config.anonymize().orElseThrow();
    assertThat(anonymize.k()).isEqualTo(10);
    assertThat(anonymize.maxDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(anonymize.quasiIdentifiers().keySet())
        .containsExactly(
            path("birthDate"), path("postalCode"), path("gender"), path("region"), path("credits"));
    assertThat(anonymize.quasiIdentifiers())
        .containsEntry(
            path("credits"),
            new AnonymizeConfig.QuasiIdentifier(
                new HierarchyConfig.Intervals(
                    List.of(new BigDecimal(30), new BigDecimal(60), new BigDecimal(120)))));
    AggregateConfig aggregate = config.aggregate().orElseThrow();
    assertThat(aggregate.budget().delta()).isEqualTo(new BigDecimal("1e-8"));
    QueryConfig query = aggregate.queries().values().iterator().next();
    assertThat(query.groups().declared())
        .containsExactly(
            new QueryConfig.GroupValues(List.of("math-1")),
            new QueryConfig.GroupValues(List.of("math-2")));
    assertThat(query.bounds()).isEqualTo(new QueryConfig.Bounds(3, 1));
  }

  private static FieldPath path(String text) {
    return FieldPath.parse(text);
  }
}
