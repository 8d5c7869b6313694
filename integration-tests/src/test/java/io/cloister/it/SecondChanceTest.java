// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** People of schools too small for k are handed from task to task, and none gets lost. */
class SecondChanceTest {
  private static final int K = 5;
  private static final int EVENTS = 3_000;
  private static final int STUDENTS = 60;

  @TempDir private Path dir;

  private record Cell(String school, String team) {}

  @Test
  void releasesPeopleOfSmallSchoolsTogetherEachOnceAndWithoutTheirSchool(TestReporter reporter)
      throws Exception {
    Path config = TestPipeline.config(dir, "second-chance.yaml", Map.of());
    try (Broker broker = BrokerKind.EMBEDDED.start(dir);
        TestPipeline pipeline = TestPipeline.start(broker, config).awaitRunning()) {
      assertThat(pipeline.feed(writeEvents(), ',', 300)).isEqualTo(EVENTS);
      pipeline.awaitDone(Duration.ofMinutes(1));

      Set<Integer> events = new HashSet<>();
      Map<Integer, Cell> classes = new HashMap<>();
      Map<Cell, Integer> partitions = new HashMap<>();
      Map<Cell, Set<Integer>> people = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record :
          Topics.readAll(pipeline.kafka(), pipeline.names().anonymized())) {
        JsonNode json = Topics.json(record);
        int event = json.path("event").asInt();
        int student = student(event);
        Cell cell = new Cell(json.path("school").asText(), json.path("team").asText());
        assertThat(events.add(event)).as("released once: " + event).isTrue();
        assertThat(cell).isEqualTo(new Cell(isOfLarge(student) ? "large" : "*", team(student)));
        assertThat(classes.merge(student, cell, (before, now) -> before)).isEqualTo(cell);
        assertThat(partitions.merge(cell, record.partition(), (before, now) -> before))
            .isEqualTo(record.partition());
        people.computeIfAbsent(cell, unused -> new HashSet<>()).add(student);
      }
      assertThat(people.values()).allSatisfy(of -> assertThat(of.size()).isGreaterThanOrEqualTo(K));
      assertThat(people).hasSize(4);
      assertThat(events).hasSize(EVENTS);
      assertThat(pipeline.accounting().count("anonymize", "suppressed")).isZero();
      List<String> moves =
          pipeline.scrape().lines().filter(line -> line.startsWith("cloister_moves")).toList();
      assertThat(moves).isNotEmpty();
      reporter.publishEntry("moves", String.join(System.lineSeparator(), moves));
    }
  }

  private Path writeEvents() throws IOException {
    List<String> lines = new ArrayList<>(List.of("event,student,school,team,at"));
    Instant now = Instant.now();
    for (int event = 0; event < EVENTS; event++) {
      int student = student(event);
      String school = isOfLarge(student) ? "large" : "school-" + student / 2 % 20;
      lines.add(event + ",s" + student + "," + school + "," + team(student) + "," + now);
    }
    return Files.write(dir.resolve("events.csv"), lines, StandardCharsets.UTF_8);
  }

  private static int student(int event) {
    return event * 31 % STUDENTS;
  }

  private static boolean isOfLarge(int student) {
    return student >= 40;
  }

  private static String team(int student) {
    return student % 2 == 0 ? "red" : "blue";
  }
}
