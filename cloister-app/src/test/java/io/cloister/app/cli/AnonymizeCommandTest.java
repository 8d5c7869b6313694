// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymizeCommandTest {
  private static final String CONFIG =
      """
      pipeline: campus
      source: { subject: student }
      anonymize:
        k: 2
        quasi-identifiers:
          marital-status: { hierarchy: { file: marital.csv } }
          age: { hierarchy: { intervals: [10, 20] } }
        publish: [course]
      """;

  private final StringWriter err = new StringWriter();
  private final Path directory;

  AnonymizeCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void releasesRowsThatTwoPeopleShareAndReports() throws IOException {
    write("pipeline.yaml", CONFIG);
    write("marital.csv", "single;alone;*\nwidowed;alone;*\nmarried;together;*\n");
    write(
        "rows.csv",
        """
        student;course;marital-status;age
        ann;math;single;23
        bob;art;widowed;27
        cyd;math;married;71
        dan;art;canary;
        """);

    assertThat(anonymize("--separator", ";")).isZero();

    assertThat(Files.readAllLines(directory.resolve("out.csv")))
        .containsExactly(
            "row,released_at,marital-status,age,course",
            "0,2,alone,[20..30),math",
            "1,2,alone,[20..30),art");
    JsonNode report = new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    assertThat(report.get("people").asInt()).isEqualTo(4);
    assertThat(report.get("suppressed").asInt()).isEqualTo(2);
    assertThat(report.get("cells").asInt()).isOne();
    assertThat(report.get("longest_hold").asInt()).isEqualTo(2);
    assertThat(report.get("glm").asDouble()).isEqualTo((2 * 0.25 + 2) / 4);
    assertThat(err.toString()).doesNotContain("canary", "ann");
  }

  @Test
  void endsWithOneOnAColumnThatIsMissing() throws IOException {
    write("pipeline.yaml", CONFIG);
    write("marital.csv", "single;alone;*\n");
    write("rows.csv", "student,course\nann,math\n");

    assertThat(anonymize()).isEqualTo(1);
    assertThat(err.toString()).contains("marital-status").doesNotContain("ann");
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  @Test
  void endsWithTwoOnASeparatorThatIsNone() throws IOException {
    write("pipeline.yaml", CONFIG);
    assertThat(anonymize("--separator", ";;")).isEqualTo(2);
  }

  private int anonymize(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "anonymize",
                "-c",
                path("pipeline.yaml"),
                "--input",
                path("rows.csv"),
                "--output",
                path("out.csv"),
                "--report",
                path("report.json"),
                "--delay-rows",
                "2"));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(new StringWriter(), true),
        new PrintWriter(err, true),
        arguments.toArray(String[]::new));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
