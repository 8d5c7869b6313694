// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.app.run.Accounting;
import io.cloister.it.Recount.Cell;
import io.cloister.it.Submissions.Submission;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 95,985 real submissions of 14,124 students through all three stages, checked from outside: k by
 * an independent program, aggregates by an independent recount, and every record accounted for.
 */
class OuladSubmissionsTest {
  private static final String FILE = "data/oulad/stream_submissions_AAA-DDD.csv";
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final List<String> MODULES = List.of("AAA", "BBB", "CCC", "DDD");
  private static final List<String> QUASI_IDENTIFIERS =
      List.of(
          "gender",
          "region",
          "highest_education",
          "imd_band",
          "age_band",
          "disability",
          "num_of_prev_attempts",
          "studied_credits");

  private static final Map<String, Recount> RECOUNTS =
      Map.of(
          "students", new Recount(WINDOW, 1, 1, submission -> OptionalLong.of(1)),
          "submissions", new Recount(WINDOW, 2, 2, submission -> OptionalLong.of(1)),
          "scores",
              new Recount(
                  WINDOW,
                  2,
                  3,
                  submission ->
                      submission.score().isEmpty()
                          ? OptionalLong.empty()
                          : OptionalLong.of(
                              Math.max(0, Math.min(100, Long.parseLong(submission.score()))))));

  @TempDir private Path dir;

  @ParameterizedTest(name = "on a broker: {0}")
  @EnumSource
  void goThroughAllStagesKAnonymousCountedRightAndAccountedFor(BrokerKind kind) throws Exception {
    Path original = SharedData.find(FILE);
    Path hierarchies = SharedData.find("data/oulad/hierarchies");
    Path checker = SharedData.find("tools/kcheck.py");
    List<Submission> submissions = Submissions.read(original);
    Path input = Submissions.withRowAndTime(original, dir.resolve("input.csv"));
    Path config =
        TestPipeline.config(dir, "oulad.yaml", Map.of("hierarchies", hierarchies.toString()));
    try (Broker broker = kind.start(dir);
        TestPipeline pipeline = TestPipeline.startBatch(broker, config).awaitRunning()) {
      long start = System.nanoTime();
      assertThat(pipeline.feed(input, ',', 0)).isEqualTo(submissions.size());
      pipeline.awaitDone(Duration.ofMinutes(4));
      double seconds = (System.nanoTime() - start) / 1e9;

      Accounting accounting = pipeline.accounting();
      System.out.printf(
          "%,d events in %.1f s, all three stages: %,.0f events/s%n%s",
          submissions.size(), seconds, submissions.size() / seconds, accounting.describe());
      List<ConsumerRecord<byte[], byte[]>> anonymized =
          Topics.readAll(pipeline.kafka(), pipeline.names().anonymized());
      isAccountedFor(pipeline, accounting, submissions.size(), anonymized.size());
      isKAnonymous(original, hierarchies, checker, submissions.size(), anonymized);
      aggregatesAreTheRecountWithinNoise(pipeline, submissions);
    }
  }

  private static void isAccountedFor(
      TestPipeline pipeline, Accounting accounting, int events, int released) {
    assertThat(accounting.count("scrub", "in")).isEqualTo(events);
    assertThat(accounting.count("scrub", "out")).isEqualTo(events);
    assertThat(Topics.readAll(pipeline.kafka(), pipeline.names().scrubbed())).hasSize(events);
    assertThat(accounting.count("anonymize", "in")).isEqualTo(events);
    assertThat(accounting.count("anonymize", "out")).isEqualTo(released);
    assertThat(accounting.count("anonymize", "late")).isZero();
    assertThat(accounting.count("anonymize", "duplicate")).isZero();
    assertThat(released + accounting.count("anonymize", "suppressed")).isEqualTo(events);
    assertThat(accounting.count("aggregate", "in")).isEqualTo(events);
    assertThat(accounting.count("aggregate", "late")).isZero();
  }

  /**
   * What became visible together has one {@code released_at}: a transaction ends where a control
   * record leaves a gap in the offsets. All rows had arrived before is all that can be said from
   * outside.
   */
  private void isKAnonymous(
      Path original,
      Path hierarchies,
      Path checker,
      int events,
      List<ConsumerRecord<byte[], byte[]>> anonymized)
      throws IOException, InterruptedException {
    Path released = dir.resolve("released.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(released, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
      List<String> header = new ArrayList<>(List.of("row", "released_at"));
      header.addAll(QUASI_IDENTIFIERS);
      printer.printRecord(header);
      long transactions = 0;
      long expected = 0;
      for (ConsumerRecord<byte[], byte[]> record : anonymized) {
        if (record.offset() != expected) {
          transactions++;
        }
        expected = record.offset() + 1;
        JsonNode json = Topics.json(record);
        List<String> cells = new ArrayList<>();
        cells.add(json.path("row").asText());
        cells.add(String.valueOf(events + transactions));
        QUASI_IDENTIFIERS.forEach(field -> cells.add(json.path(field).asText()));
        printer.printRecord(cells);
      }
    }
    Process process =
        new ProcessBuilder(
                "python3",
                checker.toString(),
                "--original",
                original.toString(),
                "--released",
                released.toString(),
                "--qi",
                String.join(",", QUASI_IDENTIFIERS),
                "--hierarchies",
                hierarchies.toString(),
                "--k",
                "10",
                "--person",
                "id_student")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.print("kcheck: " + output);
    assertThat(process.waitFor()).isZero();
    JsonNode found = new ObjectMapper().readTree(output);
    assertThat(found.path("released").asInt()).isEqualTo(anonymized.size()).isPositive();
    for (String fault : List.of("violations", "opened_early", "uncovered", "narrowed")) {
      assertThat(found.path(fault).asDouble()).as(fault).isZero();
    }
  }

  private static void aggregatesAreTheRecountWithinNoise(
      TestPipeline pipeline, List<Submission> submissions) {
    List<JsonNode> answers =
        Topics.readAll(pipeline.kafka(), pipeline.names().aggregates("board")).stream()
            .map(Topics::json)
            .toList();
    new Figures(answers, "code_module")
        .areTheRecountWithinNoise(RECOUNTS, submissions, closedCells(pipeline, submissions));
  }

  private static List<Cell> closedCells(TestPipeline pipeline, List<Submission> submissions) {
    Map<Integer, Instant> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        Topics.readAll(pipeline.kafka(), pipeline.names().scrubbed())) {
      Instant time = Instant.parse(Topics.json(record).path("time").asText());
      newest.merge(record.partition(), time, (a, b) -> a.isAfter(b) ? a : b);
    }
    assertThat(newest).hasSize(pipeline.config().topics().partitions());
    List<Cell> cells = Figures.closed(newest, submissions.get(0).time(), WINDOW, MODULES);
    assertThat(cells).hasSizeGreaterThan(100);
    return cells;
  }
}
