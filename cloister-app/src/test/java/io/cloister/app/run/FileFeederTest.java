// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.record.Formats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes right is tested on brokers. */
class FileFeederTest {
  @TempDir private Path dir;

  @Test
  void refusesAFileThatIsMissing() {
    assertThatThrownBy(() -> feeder("json").feed(dir.resolve("no.csv"), ',', 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no.csv");
  }

  @Test
  void refusesARowThatDoesNotFitTheHeaderWithoutQuotingIt() throws IOException {
    Path file = write("rows.csv", "student,score\ncanary,1,2\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> feeder("json").feed(file, ',', 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 1 has 3 cells, the header has 2")
        .hasMessageNotContaining("canary");
  }

  @Test
  void refusesBytesThatAreNoTextWithoutQuotingThem() throws IOException {
    byte[] bytes = "student,score\ncanary\u00ff,1\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = write("rows.csv", bytes);
    assertThatThrownBy(() -> feeder("json").feed(file, ',', 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not readable as UTF-8")
        .hasMessageNotContaining("canary");
  }

  @Test
  void producesToJsonSourcesAlone() {
    assertThatThrownBy(() -> feeder("avro"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("source.format is avro");
  }

  private FileFeeder feeder(String format) {
    String yaml =
        """
        pipeline: campus
        registry: { url: "http://localhost:1" }
        source:
          topics: [raw]
          subject: student
          time: at
          format: %s
        scrub:
          fields:
            student: { tokenize: { domain: student } }
        """
            .formatted(format);
    TopologyConfig config = ConfigReader.read("test", yaml, Purpose.CHECK).orThrow();
    return new FileFeeder(
        ClientSettings.of("127.0.0.1:1"), config.source().orElseThrow(), Formats.of(config, dir));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }
}
