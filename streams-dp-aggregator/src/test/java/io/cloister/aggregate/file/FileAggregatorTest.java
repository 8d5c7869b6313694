// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.aggregate.Pipelines;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAggregatorTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z"));

  private static final String DAILY =
      """
      measure: { count: {} }
      group-by: [course]
      groups: { declared: [math, art] }
      window: { tumbling: P1D, grace: PT1H, clock: CLOCK }
      bounds: { contributions-per-group: 2 }
      consumers: { dean: { epsilon: EPSILON } }
      """;

  private final Path directory;

  FileAggregatorTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyWindowAndGroupFromTheFirstEventToTheLastIsReleased() throws IOException {
    List<String> lines =
        List.of(
            event("ann", "2026-01-03T10:00:00Z", "math"),
            event("ann", "2026-01-01T10:00:00Z", "art"),
            "",
            event("bob", "2026-01-01T11:00:00Z", "art"),
            event("ann", "2026-01-01T12:00:00Z", "art"),
            event("ann", "2026-01-01T13:00:00Z", "art"),
            event("ann", "2026-01-01T13:00:00Z", "music"));

    FileReport report = run("wall", 1000, lines);

    assertThat(answers())
        .extracting(
            answer -> answer.at("/window/start").textValue().substring(8, 10),
            answer -> answer.at("/group/course").asText(),
            answer -> answer.path("value").asText(),
            answer -> answer.path("charged").asText())
        .containsExactly(
            tuple("01", "math", "0", ""),
            tuple("01", "art", "3", ""),
            tuple("01", "", "", "1000"),
            tuple("02", "math", "0", ""),
            tuple("02", "art", "0", ""),
            tuple("02", "", "", "1000"),
            tuple("03", "math", "1", ""),
            tuple("03", "art", "0", ""),
            tuple("03", "", "", "1000"));
    assertThat(report).isEqualTo(new FileReport(6, Map.of(), 0, 1, 1, 3, 0));
  }

  @Test
  void onTheStreamClockLateEventsAreNotCounted() throws IOException {
    FileReport report =
        run(
            "stream",
            1000,
            List.of(
                event("ann", "2026-01-01T10:00:00Z", "math"),
                event("bob", "2026-01-02T00:59:00Z", "math"),
                event("cyd", "2026-01-01T11:00:00Z", "math"),
                event("dan", "2026-01-02T01:00:00Z", "math"),
                event("eve", "2026-01-01T12:00:00Z", "math")));

    assertThat(answers()).extracting(answer -> answer.path("value").asText("")).contains("2");
    assertThat(report.late()).isEqualTo(1);
    assertThat(report.releases()).isEqualTo(2);
  }

  @Test
  void theSameFileGivesTheSameBytesAndAnotherFileOtherNoise() throws IOException {
    List<String> lines = List.of(event("ann", "2026-01-01T10:00:00Z", "math"));
    run("wall", 0.001, lines);
    String once = Files.readString(output());

    run("wall", 0.001, lines);
    assertThat(Files.readString(output())).isEqualTo(once);

    // Where max-ahead lets the same lines in, a later run is the same run.
    run("wall", 0.001, lines, "tumbling: P1D", "", CLOCK.instant().plusSeconds(86_400));
    assertThat(Files.readString(output())).isEqualTo(once);

    // The figures are the same, the file is not.
    run("wall", 0.001, List.of(event("bob", "2026-01-01T10:00:00Z", "math")));
    assertThat(answers().get(0).required("value"))
        .isNotEqualTo(Pipelines.json(once.lines().findFirst().orElseThrow()).required("value"));
    assertThat(answers()).hasSize(3);
  }

  @Test
  void theSameFileReadAnotherWayGetsOtherNoise() throws IOException {
    String line =
        "{'student': 'ann', 'pupil': 'bob', 'time': '2026-01-01T10:00:00Z',"
            + " 'at': '2026-01-01T11:00:00Z', 'course': 'math'}";
    List<String> lines = List.of(line.replace('\'', '"'));
    Set<String> outputs = new HashSet<>();
    List<String> sources =
        List.of(
            "student, time: time",
            "pupil, time: time",
            "student, time: at",
            "student, time: time, max-ahead: PT1H",
            "student, time: time, max-bytes: 1000");
    for (String source : sources) {
      run("wall", 0.001, lines, "tumbling: P1D", source, CLOCK.instant());
      outputs.add(values());
    }

    assertThat(outputs).hasSize(sources.size());
  }

  @Test
  void linesThatTheClockLeavesOutChangeTheNoiseOfAllFigures() throws IOException {
    List<String> lines =
        List.of(
            event("ann", "2026-01-30T10:00:00Z", "math"),
            event("bob", "2026-02-01T12:00:00Z", "math"));
    run("wall", 0.001, lines);
    String before = answers().get(0).toString();

    run("wall", 0.001, lines, "tumbling: P1D", "", CLOCK.instant().plusSeconds(86_400));

    assertThat(answers().get(0).required("window").toString())
        .isEqualTo(Pipelines.json(before).required("window").toString());
    assertThat(answers().get(0).required("value"))
        .isNotEqualTo(Pipelines.json(before).required("value"));
  }

  @Test
  void anotherHierarchyInTheSameFileGetsOtherNoise() throws IOException {
    Path hierarchy = directory.resolve("courses.csv");
    Set<String> outputs = new HashSet<>();
    for (String chains : List.of("math;sum;*\nart;craft;*\n", "math;sum;*\nart;sum;*\n")) {
      Files.writeString(hierarchy, chains);
      TopologyConfig config =
          Pipelines.configIn(
              directory,
              "    course: { hierarchy: { file: courses.csv } }\n"
                  + Pipelines.oneQuery(
                      query("wall", 0.001)
                          .replace("[course]", "[{ field: course, level: 1 }]")
                          .replace("[math, art]", "[sum, craft]")));
      Path input = directory.resolve("in.jsonl");
      Files.writeString(input, event("ann", "2026-01-01T10:00:00Z", "math"));
      new FileAggregator(config, directory, new JsonFormat(10_000), Pipelines.keyset("k"), CLOCK)
          .run(input, output());
      outputs.add(values());
    }

    assertThat(outputs).hasSize(2);
  }

  private String values() throws IOException {
    return answers().stream().map(answer -> answer.path("value").asText()).toList().toString();
  }

  @Test
  void linesThatAreNoEventAreCountedByKindAndNeverQuoted() throws IOException {
    FileReport report =
        run(
            "wall",
            1000,
            List.of(
                "{\"student\": \"secret",
                "[1]",
                "{\"time\": \"2026-01-01T10:00:00Z\"}",
                "{\"student\": \"ann\"}",
                "{\"student\": \"ann\", \"time\": \"soon\"}",
                event("ann", "2099-01-01T10:00:00Z", "math"),
                event("ann", "2026-01-01T10:00:00Z", "math")));

    assertThat(report.unreadable())
        .isEqualTo(
            Map.of(
                FailureKind.MALFORMED, 1L,
                FailureKind.NOT_A_RECORD, 1L,
                FailureKind.MISSING_SUBJECT, 1L,
                FailureKind.MISSING_TIME, 1L,
                FailureKind.UNREADABLE_TIME, 1L,
                FailureKind.TOO_FAR_AHEAD, 1L));
    assertThat(report.events()).isEqualTo(7);
    assertThat(Files.readString(output())).doesNotContain("secret", "ann");
  }

  @Test
  void anEmptyFileReleasesNothing() throws IOException {
    FileReport report = run("wall", 1000, List.of());

    assertThat(report).isEqualTo(new FileReport(0, Map.of(), 0, 0, 0, 0, 0));
    assertThat(Files.size(output())).isZero();
  }

  @Test
  void whatTheBudgetLacksIsRefused() throws IOException {
    FileReport report =
        run(
            "wall",
            600_000,
            List.of(
                event("ann", "2026-01-10T10:00:00Z", "math"),
                event("bob", "2026-01-11T10:00:00Z", "math")));

    assertThat(report.releases()).isEqualTo(1);
    assertThat(report.refusals()).isEqualTo(1);
    JsonNode refusal = answers().get(3);
    assertThat(refusal.required("refused").booleanValue()).isTrue();
    assertThat(refusal.has("value")).isFalse();
    assertThat(refusal.required("requested").intValue()).isEqualTo(600_000);
    assertThat(refusal.required("remaining").intValue()).isEqualTo(400_000);
  }

  @Test
  void aMissingFileIsTheUsersToMend() {
    FileAggregator aggregator = aggregator(config("wall", 1), CLOCK.instant());

    assertThatThrownBy(() -> aggregator.run(directory.resolve("none.jsonl"), output()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.jsonl");
  }

  @Test
  void timesThatCannotBeAreRefused() {
    assertThatThrownBy(
            () ->
                run(
                    "wall",
                    1,
                    List.of(
                        event("ann", "0001-01-01T10:00:00Z", "math"),
                        event("ann", "2026-01-01T10:00:00Z", "math")),
                    "tumbling: PT1M"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("source.time");
  }

  private FileReport run(String clock, Number epsilon, List<String> lines) throws IOException {
    return run(clock, epsilon, lines, "tumbling: P1D");
  }

  private FileReport run(String clock, Number epsilon, List<String> lines, String length)
      throws IOException {
    return run(clock, epsilon, lines, length, "", CLOCK.instant());
  }

  /** With another source, save its topic, where one is given. */
  private FileReport run(
      String clock, Number epsilon, List<String> lines, String length, String source, Instant now)
      throws IOException {
    Path input = directory.resolve("in.jsonl");
    Files.writeString(input, String.join("\n", lines));
    TopologyConfig config =
        Pipelines.configOf(
            source.isEmpty() ? "student, time: time" : source,
            Pipelines.oneQuery(query(clock, epsilon).replace("tumbling: P1D", length)));
    return aggregator(config, now).run(input, output());
  }

  private static TopologyConfig config(String clock, Number epsilon) {
    return Pipelines.config(Pipelines.oneQuery(query(clock, epsilon)));
  }

  private static String query(String clock, Number epsilon) {
    return DAILY.replace("CLOCK", clock).replace("EPSILON", epsilon.toString());
  }

  private static FileAggregator aggregator(TopologyConfig config, Instant now) {
    return new FileAggregator(
        config, Path.of("."), new JsonFormat(10_000), Pipelines.keyset("k"), () -> now);
  }

  private Path output() {
    return directory.resolve("out.jsonl");
  }

  private List<JsonNode> answers() throws IOException {
    return Files.readAllLines(output()).stream()
        .map(line -> (JsonNode) Pipelines.json(line))
        .toList();
  }

  private static String event(String student, String time, String course) {
    return "{\"student\": \"%s\", \"time\": \"%s\", \"course\": \"%s\"}"
        .formatted(student, time, course);
  }
}
