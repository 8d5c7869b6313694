// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.app.cli.Main;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.keys.Keysets;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.Shape;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.Scrubber;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages tell people to write and to type must work, and do what they say. */
class DocsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<DocPage> pages() {
    return DocPage.all().stream();
  }

  /** A block that does not begin with the pipeline is to be added to the one before. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyConfigIsValidAloneAndWithWhatIsAddedToIt(DocPage page) {
    String whole = "";
    for (String block : page.blocks("yaml")) {
      whole = block.startsWith("pipeline:") ? block : whole + block;
      assertThat(ConfigReader.read(page.toString(), whole, Purpose.CHECK).problems()).isEmpty();
    }
  }

  @Test
  void gettingStartedEndsInAConfigThatRunsOnACluster() {
    List<String> blocks = DocPage.of("getting-started.md").blocks("yaml");
    assertThat(blocks).hasSize(2);
    assertThat(ConfigReader.read("page", String.join("", blocks), Purpose.RUN_ALL).problems())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandExistsWithAllItsOptions(DocPage page) {
    for (String command : page.commands()) {
      String[] words = command.replace("'", "").replace("\"", "").split("\\s+", -1);
      CommandLine commandLine =
          new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
      assertThat(commandLine.parseArgs(words).subcommand())
          .as(command)
          .matches(subcommand -> subcommand != null || command.startsWith("--"));
    }
  }

  @Test
  void commandsAreFoundOnThePages() {
    assertThat(pages().flatMap(page -> page.commands().stream()))
        .contains(
            "demo --once",
            "scan",
            "run -c first-steps.yaml --embedded --input events.jsonl --until-done",
            "deadletters -c topology.yaml --open")
        .hasSizeGreaterThan(25);
  }

  static Stream<List<List<String>>> treatments() {
    return DocPage.of("scrubbing.md").table("| treatment | what comes |").stream();
  }

  @ParameterizedTest
  @MethodSource("treatments")
  void eachTreatmentGivesWhatThePageSays(List<List<String>> row) throws Exception {
    TopologyConfig config = scrubbing(row.get(0).get(0));
    ObjectNode event = JSON.createObjectNode().put("student", "ann").put("at", 0);
    event.set("field", JSON.readTree(row.get(1).get(0)));

    String outcome = row.get(2).isEmpty() ? "" : row.get(2).get(0);
    JsonNode expected;
    try {
      expected = outcome.isEmpty() ? JSON.missingNode() : JSON.readTree(outcome);
    } catch (IOException e) {
      // No value, so the kind of a dead letter.
      assertThat(failure(config, event)).isEqualTo(FailureKind.valueOf(outcome));
      return;
    }
    assertThat(scrub(config, event).path("field")).isEqualTo(expected);
  }

  /** The table of all treatments: each snippet in its first column is one. */
  @Test
  void everyTreatmentInTheTableIsValidAndNoneIsMissing() {
    Set<String> names = new TreeSet<>();
    for (List<List<String>> row : DocPage.of("scrubbing.md").table("| treatment | takes |")) {
      String treatment = row.get(0).get(0);
      assertThat(scrubbing(treatment).scrub()).isPresent();
      names.add(treatment.replaceFirst(":.*", ""));
    }
    assertThat(names)
        .containsExactly(
            "detect", "drop", "generalize", "keep", "mask", "redact", "tokenize", "truncate");
  }

  static Stream<List<List<String>>> hierarchies() {
    return DocPage.of("anonymity.md").table("| config | value | labels").stream()
        .filter(row -> !row.get(0).get(0).startsWith("file:"));
  }

  @ParameterizedTest
  @MethodSource("hierarchies")
  void eachHierarchyHasTheLabelsThatThePageSays(List<List<String>> row) {
    TopologyConfig config =
        read(
            """
            pipeline: p
            source: { topics: [t], subject: s, time: at }
            anonymize:
              k: 2
              quasi-identifiers: { q: { hierarchy: { %s } } }
            """
                .formatted(row.get(0).get(0)));
    var hierarchy =
        Hierarchies.of(
            config
                .anonymize()
                .orElseThrow()
                .quasiIdentifiers()
                .get(FieldPath.parse("q"))
                .hierarchy(),
            Path.of(""));

    assertThat(hierarchy.chain(row.get(1).get(0))).isEqualTo(row.get(2));
  }

  @Test
  void thePageNamesEveryKindOfDeadLetterAndNoOther() {
    List<String> kinds = new ArrayList<>();
    DocPage.of("scrubbing.md").table("| kind | why |").forEach(row -> kinds.addAll(row.get(0)));
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            Stream.of(FailureKind.values()).map(Enum::name).toArray(String[]::new));
  }

  /** A release, its closing record and a refusal, as the page shows them. */
  @Test
  void answersHaveTheFieldsOfThoseOnThePage(@TempDir Path dir) throws IOException {
    List<List<String>> shown = new ArrayList<>();
    for (String block : DocPage.of("aggregates.md").blocks("json")) {
      var answers = JSON.readerFor(JsonNode.class).<JsonNode>readValues(block);
      answers.forEachRemaining(answer -> shown.add(fields(answer)));
    }
    Files.writeString(
        dir.resolve("config.yaml"),
        """
        pipeline: p
        source: { subject: s, time: at }
        aggregate:
          budget: { epsilon: 1, period: P30D }
          consumers: { dean: { epsilon: 0.03 } }
          queries:
            active:
              measure: { count-people: {} }
              group-by: [course]
              groups: { declared: [math] }
              window: { tumbling: P1D }
              bounds: { groups-per-person: 3 }
              consumers: { dean: { epsilon: 0.03 } }
        """);
    Files.writeString(
        dir.resolve("events.jsonl"),
        """
        {"s": "ann", "at": "2026-01-05T10:00:00Z", "course": "math"}
        {"s": "ann", "at": "2026-01-06T10:00:00Z", "course": "math"}
        """);
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    Path figures = dir.resolve("figures.jsonl");
    int code =
        Main.run(
            out,
            out,
            "aggregate",
            "-c",
            dir.resolve("config.yaml").toString(),
            "--input",
            dir.resolve("events.jsonl").toString(),
            "--output",
            figures.toString());

    assertThat(code).as(said::toString).isZero();
    List<List<String>> real = new ArrayList<>();
    for (String line : Files.readAllLines(figures)) {
      real.add(fields(JSON.readTree(line)));
    }
    assertThat(real).isEqualTo(shown);
    JsonNode figure = JSON.readTree(Files.readAllLines(figures).get(0));
    assertThat(figure.path("scale").asInt()).isEqualTo(100);
    assertThat(figure.at("/interval95/1").asInt() - figure.path("value").asInt()).isEqualTo(300);
  }

  private static List<String> fields(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static TopologyConfig scrubbing(String treatment) {
    return read(
        """
        pipeline: p
        source: { topics: [t], subject: student, time: at }
        scrub:
          fields:
            student: { tokenize: { domain: student } }
            field: %s
        """
            .formatted(treatment.contains(":") ? "{ " + treatment + " }" : treatment));
  }

  private static TopologyConfig read(String yaml) {
    return ConfigReader.read("page", yaml, Purpose.CHECK).orThrow();
  }

  private static ObjectNode scrub(TopologyConfig config, ObjectNode event)
      throws UntreatableRecordException {
    return Scrubber.of(
            config, Keysets.inMemory().tokens(), InstantSource.fixed(Instant.ofEpochSecond(1)))
        .scrub(new Decoded(event, new Shape.SelfDescribing()))
        .tree();
  }

  private static FailureKind failure(TopologyConfig config, ObjectNode event) {
    try {
      throw new AssertionError("passed on: " + scrub(config, event));
    } catch (UntreatableRecordException e) {
      return e.kind();
    }
  }
}
