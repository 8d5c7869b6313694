// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.app.run.Accounting;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.it.Attempts.Attempt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chained or fused, run in one go or stopped on the way: what comes out is held to the same. */
class ArrangementsTest {
  private static final int K = 5;
  private static final int EVENTS = 3_000;
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Map<String, Recount> RECOUNTS =
      Map.of(
          "students", new Recount(WINDOW, 2, 1, attempt -> OptionalLong.of(1)),
          "attempts", new Recount(WINDOW, 2, 2, attempt -> OptionalLong.of(1)),
          "scores",
              new Recount(
                  WINDOW, 1, 3, attempt -> OptionalLong.of(Long.parseLong(attempt.score()))));

  @TempDir private Path dir;

  @ParameterizedTest(name = "{1}, started {2} times, on a broker: {0}")
  @CsvSource({"EMBEDDED, CHAINED, 1", "EMBEDDED, FUSED, 2", "CONTAINER, FUSED, 2"})
  void releaseOnceAmongKCountRightAndLoseNothing(
      BrokerKind kind, Arrangement arrangement, int starts) throws Exception {
    List<Attempt> attempts = Attempts.invent(EVENTS);
    Path config =
        TestPipeline.config(
            dir,
            "arrangements.yaml",
            Map.of("arrangement", arrangement.name().toLowerCase(Locale.ROOT)));
    List<Accounting> accountings = new ArrayList<>();
    try (Broker broker = kind.start(dir)) {
      TestPipeline pipeline = TestPipeline.start(broker, config);
      for (int start = 0; start < starts; start++) {
        if (start > 0) {
          pipeline = TestPipeline.start(broker, config);
        }
        try (TestPipeline running = pipeline.awaitRunning()) {
          feed(running, attempts.subList(EVENTS * start / starts, EVENTS * (start + 1) / starts));
          if (start == starts - 1) {
            running.awaitDone(Duration.ofMinutes(2));
            applicationsAre(running.kafka(), arrangement);
          }
        }
        accountings.add(pipeline.accounting());
      }
      check(pipeline, accountings, attempts);
    }
  }

  /** Returns in the middle: some records are out, others are held or not read yet. */
  private void feed(TestPipeline pipeline, List<Attempt> attempts) throws IOException {
    int before = released(pipeline).size();
    Path input = Attempts.write(attempts, dir.resolve("input.csv"));
    assertThat(pipeline.feed(input, ',', 0)).isEqualTo(attempts.size());
    await().atMost(Duration.ofMinutes(1)).until(() -> released(pipeline).size() > before);
  }

  private static void check(
      TestPipeline pipeline, List<Accounting> accountings, List<Attempt> attempts) {
    accountings.forEach(accounting -> System.out.print(accounting.describe()));
    List<ConsumerRecord<byte[], byte[]>> scrubbed =
        Topics.readAll(pipeline.kafka(), pipeline.names().scrubbed());
    List<ConsumerRecord<byte[], byte[]>> anonymized = released(pipeline);
    everyEventIsAccountedFor(accountings, scrubbed.size(), anonymized.size());
    ReleasedCells.areOfKPeople(K, Set.of("row", "course"), anonymized, Topics::json, attempts);
    List<JsonNode> answers =
        Topics.readAll(pipeline.kafka(), pipeline.names().aggregates("board")).stream()
            .map(Topics::json)
            .toList();
    Map<Integer, Instant> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : scrubbed) {
      Instant at = Instant.parse(Topics.json(record).path("at").asText());
      newest.merge(record.partition(), at, (a, b) -> a.isAfter(b) ? a : b);
    }
    assertThat(newest).hasSize(pipeline.config().topics().partitions());
    var closed = Figures.closed(newest, Attempts.FIRST, WINDOW, Attempts.COURSES);
    assertThat(closed).hasSizeGreaterThan(20);
    new Figures(answers, "course")
        .areTheRecountWithinNoise(RECOUNTS, Attempts.submissions(attempts), closed);
  }

  private static void everyEventIsAccountedFor(
      List<Accounting> accountings, int scrubbed, int released) {
    assertThat(scrubbed).isEqualTo(EVENTS);
    for (String stage : List.of("scrub", "anonymize", "aggregate")) {
      assertThat(sum(accountings, stage, "in")).as(stage).isEqualTo(EVENTS);
      assertThat(sum(accountings, stage, "late")).as(stage).isZero();
      assertThat(sum(accountings, stage, "duplicate")).as(stage).isZero();
    }
    assertThat(sum(accountings, "scrub", "out")).isEqualTo(EVENTS);
    assertThat(sum(accountings, "anonymize", "out")).isEqualTo(released).isPositive();
    assertThat(released + sum(accountings, "anonymize", "suppressed")).isEqualTo(EVENTS);
    assertThat(sum(accountings, "anonymize", "suppressed")).isLessThan(EVENTS / 4);
  }

  private static long sum(List<Accounting> accountings, String stage, String outcome) {
    return accountings.stream().mapToLong(it -> it.count(stage, outcome)).sum();
  }

  private static void applicationsAre(ClientSettings kafka, Arrangement arrangement)
      throws Exception {
    try (Admin admin = Admin.create(kafka.admin())) {
      Set<String> groups = new TreeSet<>();
      for (GroupListing group : admin.listGroups().all().get()) {
        groups.add(group.groupId());
      }
      assertThat(groups)
          .isEqualTo(
              arrangement == Arrangement.FUSED
                  ? Set.of("arranged.fused")
                  : Set.of("arranged.aggregate", "arranged.anonymize", "arranged.scrub"));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> released(TestPipeline pipeline) {
    return Topics.readAll(pipeline.kafka(), pipeline.names().anonymized());
  }
}
