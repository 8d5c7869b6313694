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
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ProfileCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG =
      """
      pipeline: campus
      source: { subject: student }
      anonymize:
        k: 3
        max-delay: PT2S
        quasi-identifiers:
          marital-status: { hierarchy: { file: marital.csv } }
          age: { hierarchy: { intervals: [10, 20] } }
          "['a<&\\u0007b']": { hierarchy: { flat: {} } }
        publish: [course]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path directory;

  ProfileCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    write("pipeline.yaml", CONFIG);
    write("marital.csv", "mvsingle;mvalone;*\nmvwidowed;mvalone;*\nmvmarried;mvtogether;*\n");
    StringBuilder rows = new StringBuilder("student;course;marital-status;age;a<&\u0007b\n");
    SplittableRandom random = new SplittableRandom(11);
    List<String> status = List.of("mvsingle", "mvwidowed", "mvmarried", "mvcanary");
    for (int row = 0; row < 120; row++) {
      rows.append("st-").append(random.nextInt(90)).append(";mvcourse;");
      rows.append(status.get(random.nextInt(4))).append(';');
      rows.append(20000 + random.nextInt(60)).append(";mv").append(random.nextInt(3)).append('\n');
    }
    write("rows.csv", rows.toString());
  }

  @Test
  void figuresAreThoseOfAnonymizeOnTheSameSettings() throws IOException {
    assertThat(profile("--k", "5", "--delay-rows", "20,60")).as(err::toString).isZero();

    JsonNode grid = json().get("grid");
    assertThat(grid).hasSize(4);
    for (JsonNode point : grid) {
      write("one.yaml", CONFIG.replace("k: 3", "k: " + point.get("k")));
      JsonNode report = anonymize(point.get("delay_rows").asText());
      for (String figure :
          List.of(
              "records",
              "people",
              "released",
              "immediate",
              "suppressed",
              "cells",
              "median_hold",
              "p99_hold",
              "longest_hold",
              "glm",
              "quasi_identifiers")) {
        assertThat(point.get(figure)).as(figure).isEqualTo(report.get(figure));
      }
      String loss = String.format("%.3f", point.get("glm").asDouble()).replaceFirst("^0", "");
      assertThat(out.toString().lines())
          .anyMatch(
              line ->
                  line.matches(
                      " +\\*?%s +%s +\\%s .*"
                          .formatted(
                              point.get("k").asText(), point.get("delay_rows").asText(), loss)));
    }
  }

  /** Every value of the sample begins with mv or st-, but for ages, which are above 20,000. */
  @Test
  void noValueOfTheSampleIsInAnyOutput() throws IOException {
    assertThat(profile("--rate", "10")).isZero();
    for (String text : List.of(out.toString(), err.toString(), read("p.svg"), read("p.json"))) {
      assertThat(text).isNotBlank().doesNotContain("mv", "st-").doesNotContainPattern("200\\d\\d");
    }
  }

  @Test
  void pictureIsWellFormedXmlWithTitleAndDescription() throws Exception {
    assertThat(profile()).isZero();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document svg = factory.newDocumentBuilder().parse(directory.resolve("p.svg").toFile());
    assertThat(svg.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("k 3");
    assertThat(svg.getDocumentElement().getTextContent()).contains("a<&b", "operators only");
  }

  @Test
  void textSaysWhomItIsForAndWhereThePictureIs() {
    assertThat(profile("--delay-rows", "20,5000")).isZero();
    assertThat(out.toString())
        .startsWith("For operators only")
        .contains("Picture: " + directory.resolve("p.svg"))
        .contains("delay 5,000 left out")
        .contains("marital-status + age + ['a<&", "*3");
  }

  @Test
  void rateSaysWhatDelaysTakeAndAddsTheConfigsOwn() {
    assertThat(profile("--delay-rows", "15", "--rate", "10")).isZero();
    assertThat(out.toString()).contains("PT1.5S", "PT2S", "delay 20 rows");
  }

  @Test
  void endsWithOneOnAColumnThatIsMissing() throws IOException {
    write("rows.csv", "student;course\nst-1;mv\n");
    assertThat(profile()).isEqualTo(1);
    assertThat(err.toString()).contains("marital-status").doesNotContain("st-1");
    assertThat(directory.resolve("p.svg")).doesNotExist();
  }

  @Test
  void endsWithOneOnASampleThatIsNotThere() throws IOException {
    Files.delete(directory.resolve("rows.csv"));
    assertThat(profile()).isEqualTo(1);
  }

  @Test
  void endsWithTwoOnSettingsThatAreNone() {
    assertThat(profile("--k", "1")).isEqualTo(2);
    assertThat(profile("--delay-rows", "-1")).isEqualTo(2);
    assertThat(profile("--rate", "0")).isEqualTo(2);
    assertThat(profile("--separator", ";;")).isEqualTo(2);
  }

  @Test
  void neverWritesOverWhatItReads() throws IOException {
    String rows = Files.readString(directory.resolve("rows.csv"));
    assertThat(profile("--plot", path("rows.csv"))).isEqualTo(2);
    assertThat(profile("--json", path("pipeline.yaml"))).isEqualTo(2);
    assertThat(directory.resolve("rows.csv")).hasContent(rows);
    assertThat(directory.resolve("pipeline.yaml")).hasContent(CONFIG);
  }

  @Test
  void endsWithThreeWhereThePictureCannotBeWritten() {
    assertThat(profile("--plot", path("missing/p.svg"))).isEqualTo(3);
  }

  private int profile(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "profile",
                path("rows.csv"),
                "-c",
                path("pipeline.yaml"),
                "--json",
                path("p.json")));
    List<String> given = List.of(more);
    if (!given.contains("--separator")) {
      arguments.addAll(List.of("--separator", ";"));
    }
    if (!given.contains("--plot")) {
      arguments.addAll(List.of("--plot", path("p.svg")));
    }
    arguments.addAll(given);
    return run(arguments);
  }

  private JsonNode anonymize(String delayRows) throws IOException {
    assertThat(
            run(
                List.of(
                    "anonymize",
                    "-c",
                    path("one.yaml"),
                    "--input",
                    path("rows.csv"),
                    "--separator",
                    ";",
                    "--output",
                    path("out.csv"),
                    "--report",
                    path("report.json"),
                    "--delay-rows",
                    delayRows)))
        .isZero();
    return JSON.readTree(directory.resolve("report.json").toFile());
  }

  private int run(List<String> arguments) {
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return JSON.readTree(directory.resolve("p.json").toFile());
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
