// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first run: a file through all stages on the embedded broker. */
class RunCommandTest {
  private static final Pattern FIRST_YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path dir;

  @Test
  void streamsLinesOfJsonToTheirEndAndAccountsForEach() throws IOException {
    Path config = write("first-steps.yaml", gettingStarted());
    Path events = dir.resolve("events.jsonl");
    assertThat(run("generate", "--count", "3000", "--output", events.toString())).isZero();

    assertThat(
            run(
                "run",
                "-c",
                config.toString(),
                "--embedded",
                "--input",
                events.toString(),
                "--until-done"))
        .as(err::toString)
        .isZero();

    assertThat(out.toString())
        .containsPattern("running at 127\\.0\\.0\\.1:\\d+")
        .contains("produced 3000 events to first.events")
        .containsPattern("3,000 events in \\d+\\.\\d s, all stages: [\\d,]+ events/s")
        .containsSubsequence("scrub: in ", "anonymize: in ", "aggregate: in ");
    assertThat(count("scrub", "in"))
        .isEqualTo(3_000)
        .isEqualTo(count("scrub", "out") + count("scrub", "dead-lettered"));
    assertThat(count("scrub", "dead-lettered")).isPositive();
    assertThat(count("anonymize", "in"))
        .isEqualTo(count("scrub", "out"))
        .isEqualTo(count("anonymize", "out") + count("anonymize", "suppressed"));
    assertThat(count("anonymize", "out")).isPositive();
    assertThat(count("aggregate", "in")).isEqualTo(count("scrub", "out"));
    leavesIdentifiersInTheRawTopicAlone("first.events-0", identifiers(events), events);
  }

  @Test
  void streamsRowsWithAnotherSeparatorAndGoesOnFromThereTheNextTime() throws IOException {
    Path config =
        write(
            "rows.yaml",
            """
            pipeline: rows
            source: { topics: [school.rows], subject: pupil, time: at }
            scrub:
              fields:
                pupil: { tokenize: { domain: pupil } }
                grade: keep
                note: { detect: {} }
            anonymize:
              k: 3
              max-delay: PT3S
              quasi-identifiers: { grade: { hierarchy: { flat: {} } } }
            """);
    Path rows = writeRows();
    String[] command = {
      "run",
      "-c",
      config.toString(),
      "--embedded",
      "--input",
      rows.toString(),
      "--separator",
      ";",
      "--until-done"
    };

    assertThat(run(command)).as(err::toString).isZero();
    // Two pupils alone in their grade.
    assertThat(count("anonymize", "in")).isEqualTo(42);
    assertThat(count("anonymize", "out")).isEqualTo(40);
    assertThat(count("anonymize", "suppressed")).isEqualTo(2);

    out.getBuffer().setLength(0);
    assertThat(run("run", "-c", config.toString(), "--embedded", "--until-done"))
        .as(err::toString)
        .isZero();
    // Nothing comes a second time.
    assertThat(out.toString()).contains("0 events in ").doesNotContain("out ");

    Set<String> pupils = new TreeSet<>();
    for (int i = 0; i < 42; i++) {
      pupils.add(pupil(i));
    }
    leavesIdentifiersInTheRawTopicAlone("school.rows-0", pupils, rows);
  }

  @Test
  void refusesAnInputThatIsNotThereAndARateBelowZero() throws IOException {
    Path config = write("first-steps.yaml", gettingStarted());

    assertThat(run("run", "-c", config.toString(), "--embedded", "--rate", "-1")).isEqualTo(1);
    assertThat(
            run("run", "-c", config.toString(), "--embedded", "--input", dir + "/no-such-file.csv"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--rate").contains("no-such-file.csv: no such file");
    // Both are told before anything starts.
    assertThat(dir.resolve("state")).doesNotExist();
  }

  private static String gettingStarted() throws IOException {
    Matcher yaml = FIRST_YAML.matcher(Files.readString(Path.of("../docs/getting-started.md")));
    assertThat(yaml.find()).isTrue();
    return yaml.group(1);
  }

  private Path writeRows() throws IOException {
    List<String> rows = new ArrayList<>(List.of("pupil;grade;note;at"));
    for (int i = 0; i < 42; i++) {
      String grade = i < 40 ? String.valueOf(i % 4) : "alone-" + i;
      rows.add(pupil(i) + ";" + grade + ";\"mine; see " + pupil(i) + "\";" + Instant.now());
    }
    return write("rows.csv", String.join("\n", rows) + "\n");
  }

  private static String pupil(int i) {
    return "pupil" + i + "-of-this@school.example";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private int count(String stage, String outcome) {
    Matcher line = Pattern.compile("(?m)^" + stage + ": (.*)$").matcher(out.toString());
    assertThat(line.find()).as(stage).isTrue();
    Matcher count = Pattern.compile("\\b" + outcome + " (\\d+)").matcher(line.group(1));
    return count.find() ? Integer.parseInt(count.group(1)) : 0;
  }

  /** What only the scrubber may read of a file of the generator. */
  private static Set<String> identifiers(Path events) throws IOException {
    Set<String> identifiers = new TreeSet<>();
    for (String line : Files.readAllLines(events)) {
      if (line.startsWith("{") && line.endsWith("}")) {
        JsonNode event = new ObjectMapper().readTree(line);
        identifiers.add(event.at("/actor/account/name").asText());
        identifiers.add(event.at("/actor/mbox").asText().replace("mailto:", ""));
        identifiers.add(event.at("/context/ip").asText());
      }
    }
    identifiers.remove("");
    assertThat(identifiers).hasSizeGreaterThan(500);
    return identifiers;
  }

  /** Of all that was printed, and of all files but the input itself. */
  private void leavesIdentifiersInTheRawTopicAlone(
      String rawLog, Set<String> identifiers, Path input) throws IOException {
    Path broker = dir.resolve("state").resolve("embedded-broker");
    Path raw = broker.resolve(rawLog);
    assertThat(found(identifiers, contents(raw, broker.resolve("none")))).isNotEmpty();
    assertThat(found(identifiers, out + "\n" + err)).isEmpty();
    assertThat(dir.resolve(".cloister").resolve("keys.json")).exists();
    String rest = contents(dir, raw, input);
    // The search reaches what the stages wrote.
    assertThat(rest).contains("t1.k1.");
    assertThat(found(identifiers, rest)).isEmpty();
  }

  private static Set<String> found(Set<String> words, String text) {
    Set<String> found = new TreeSet<>();
    words.stream().filter(text::contains).forEach(found::add);
    return found;
  }

  private static String contents(Path root, Path... except) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Stream.of(except).noneMatch(file::startsWith)) {
          text.append(new String(Files.readAllBytes(file), ISO_8859_1)).append('\n');
        }
      }
    }
    return text.toString();
  }
}
