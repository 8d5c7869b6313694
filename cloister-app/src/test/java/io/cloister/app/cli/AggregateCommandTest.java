// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregateCommandTest {
  private static final String CONFIG =
      """
      pipeline: campus
      source: { subject: student, time: time }
      aggregate:
        budget: { epsilon: 4, period: P30D }
        consumers: { dean: { epsilon: 1 } }
        queries:
          active:
            measure: { count-people: {} }
            group-by: [course]
            groups: { declared: [math, art] }
            window: { tumbling: P1D }
            consumers: { dean: { epsilon: 0.6 } }
      """;

  private final StringWriter err = new StringWriter();
  private final Path directory;

  AggregateCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void releasesAFileTwiceAlikeAndTellsTheOperatorWhatBecameOfIt() throws IOException {
    write("pipeline.yaml", CONFIG);
    write(
        "events.jsonl",
        """
        {"student": "ann", "time": "2026-01-03T10:00:00Z", "course": "math"}
        {"student": "bob", "time": "2026-01-04T10:00:00Z", "course": "art"}
        {"student": "canary
        """);

    assertThat(aggregate("one.jsonl")).isZero();
    assertThat(aggregate("two.jsonl")).isZero();

    List<String> lines = Files.readAllLines(directory.resolve("one.jsonl"));
    assertThat(Files.readAllLines(directory.resolve("two.jsonl"))).isEqualTo(lines);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2)).contains("\"charged\":0.6,\"remaining\":0.4");
    assertThat(lines.get(3)).contains("\"refused\":true,\"requested\":0.6,\"remaining\":0.4");
    assertThat(err.toString())
        .contains("3 events; 1 releases, 1 refused")
        .contains("1 unreadable: malformed")
        .doesNotContain("canary", "ann");
    assertThat(directory.resolve(".cloister/keys.json")).exists();
  }

  @Test
  void endsWithOneWhenTheInputIsMissing() throws IOException {
    write("pipeline.yaml", CONFIG);

    assertThat(aggregate("out.jsonl")).isEqualTo(1);
    assertThat(err.toString()).contains("events.jsonl: there is no such file");
  }

  @Test
  void endsWithOneWhenTheConfigHasNoAggregates() throws IOException {
    write("pipeline.yaml", "pipeline: campus\n");

    assertThat(aggregate("out.jsonl")).isEqualTo(1);
    assertThat(err.toString()).contains("aggregate");
  }

  private int aggregate(String output) {
    return Main.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        "aggregate",
        "-c",
        directory.resolve("pipeline.yaml").toString(),
        "--input",
        directory.resolve("events.jsonl").toString(),
        "--output",
        directory.resolve(output).toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
