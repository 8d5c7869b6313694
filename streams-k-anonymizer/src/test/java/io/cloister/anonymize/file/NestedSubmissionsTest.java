// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.anonymize.Configs;
import io.cloister.anonymize.Shared;
import io.cloister.common.config.HierarchyConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Submissions of 14,124 students over 30 epochs of 30 days that bind one another, in which students
 * come and go and change. Nobody who follows a student over all of them narrows that student down.
 */
class NestedSubmissionsTest {
  private static final Duration EPOCH = Duration.ofDays(30);
  private static final Instant DAY_ZERO = Instant.parse("2013-02-01T00:00:00Z");
  private static final String FIELDS =
      "gender,region,highest_education,imd_band,age_band,disability,num_of_prev_attempts,"
          + "studied_credits";
  private static final List<String> QUASI_IDENTIFIERS = List.of(FIELDS.split(",", -1));

  private record EpochCell(long epoch, List<String> cell) {}

  private record EpochPerson(long epoch, String person) {}

  private final Path dir;
  private Path hierarchies = Path.of("");
  private Path input = Path.of("");

  NestedSubmissionsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void addTimes() throws IOException {
    hierarchies = Shared.file("data/oulad/hierarchies");
    List<String> lines =
        Files.readAllLines(Shared.file("data/oulad/stream_submissions_AAA-DDD.csv"));
    int day = List.of(lines.get(0).split(";", -1)).indexOf("day");
    List<String> timed = new ArrayList<>(List.of(lines.get(0) + ";time"));
    for (String line : lines.subList(1, lines.size())) {
      Duration since = Duration.ofDays(Long.parseLong(line.split(";", -1)[day]));
      timed.add(line + ";" + DAY_ZERO.plus(since));
    }
    input = Files.write(dir.resolve("in.csv"), timed);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10})
  void nobodyIsNarrowedDownOverEpochs(int k, TestReporter reporter) throws Exception {
    Configs configs = Configs.k(k).subject("id_student").time("time").epoch(EPOCH).nested();
    QUASI_IDENTIFIERS.forEach(qi -> configs.qi(qi, new HierarchyConfig.File(qi + ".csv")));
    Path output = dir.resolve("out.csv");

    FileReport report =
        new FileAnonymizer(configs.build(), hierarchies, InstantSource.system())
            .run(input, ';', output, 1000);

    reporter.publishEntry(report.toJson().toString());
    assertThat(report.longestHold()).isLessThanOrEqualTo(1000);
    assertThat(report.suppressed()).isLessThan(report.records() / 500);
    classesAreOfKAndNested(k, output);
    JsonNode verdict =
        Kcheck.verdict(
            "--original",
            input.toString(),
            "--released",
            output.toString(),
            "--qi",
            FIELDS,
            "--hierarchies",
            hierarchies.toString(),
            "--k",
            String.valueOf(k),
            "--person",
            "id_student");
    reporter.publishEntry(verdict.toString());
    for (String zero : List.of("violations", "opened_early", "disorder", "uncovered", "narrowed")) {
      assertThat(verdict.get(zero).asDouble()).as(zero).isZero();
    }
  }

  /** The checker takes the whole file for one epoch; in each epoch k must hold by itself. */
  private void classesAreOfKAndNested(int k, Path output) throws IOException {
    List<CSVRecord> events = records(input, ';');
    Map<EpochCell, String> openedAt = new HashMap<>();
    Map<EpochCell, Set<String>> openers = new HashMap<>();
    Map<EpochPerson, List<String>> classOf = new HashMap<>();
    Map<String, Set<List<String>>> had = new HashMap<>();
    Containment containment = new Containment();
    for (CSVRecord out : records(output, ',')) {
      CSVRecord event = events.get(Integer.parseInt(out.get("row")));
      String person = event.get("id_student");
      long epoch = Instant.parse(event.get("time")).getEpochSecond() / EPOCH.toSeconds();
      List<String> labels = QUASI_IDENTIFIERS.stream().map(out::get).toList();
      EpochCell cell = new EpochCell(epoch, labels);
      String now = out.get("released_at");
      if (openedAt.computeIfAbsent(cell, first -> now).equals(now)) {
        openers.computeIfAbsent(cell, first -> new HashSet<>()).add(person);
      }
      Set<List<String>> before = had.computeIfAbsent(person, first -> new HashSet<>());
      if (!labels.equals(classOf.put(new EpochPerson(epoch, person), labels))) {
        assertThat(before).allMatch(inner -> containment.holds(labels, inner));
      }
      before.add(labels);
    }
    assertThat(openers.values()).allMatch(people -> people.size() >= k);
    assertThat(classOf.keySet().stream().map(EpochPerson::epoch).distinct()).hasSizeGreaterThan(20);
  }

  private static List<CSVRecord> records(Path file, char separator) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator)
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  /** Whether one label stands for all values that another stands for, by the hierarchies' files. */
  private final class Containment {
    private final List<Map<String, Set<String>>> values = new ArrayList<>();

    Containment() throws IOException {
      for (String qi : QUASI_IDENTIFIERS) {
        Map<String, Set<String>> standsFor = new HashMap<>();
        for (String line : Files.readAllLines(hierarchies.resolve(qi + ".csv"))) {
          String[] chain = line.split(";", -1);
          for (String label : chain) {
            standsFor.computeIfAbsent(label, first -> new HashSet<>()).add(chain[0]);
          }
        }
        values.add(standsFor);
      }
    }

    boolean holds(List<String> outer, List<String> inner) {
      for (int q = 0; q < outer.size(); q++) {
        Map<String, Set<String>> standsFor = values.get(q);
        Set<String> around = standsFor.getOrDefault(outer.get(q), Set.of());
        if (!around.containsAll(standsFor.getOrDefault(inner.get(q), Set.of(inner.get(q))))) {
          return false;
        }
      }
      return true;
    }
  }
}
