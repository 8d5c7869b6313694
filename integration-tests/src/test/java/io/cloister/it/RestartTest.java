// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.app.run.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stages are stopped, started and joined by others in the middle of the stream. */
class RestartTest {
  private static final int K = 5;
  private static final int EVENTS = 4_000;
  private static final int STUDENTS = 400;

  /** Students of a group come up one after the other, so that cells open all along the stream. */
  private static final int STUDENTS_PER_GROUP = 8;

  @TempDir private Path dir;

  @ParameterizedTest(name = "on a broker: {0}")
  @EnumSource
  void losesNoRecordRepeatsNoneAndKeepsK(BrokerKind kind) throws Exception {
    Path input = writeEvents();
    Path first = TestPipeline.config(dir.resolve("first"), "restart.yaml", Map.of());
    Path second = TestPipeline.config(dir.resolve("second"), "restart.yaml", Map.of());
    try (Broker broker = kind.start(dir)) {
      Set<Stage> all = Set.of(Stage.SCRUB, Stage.ANONYMIZE);
      TestPipeline one = TestPipeline.start(broker, first, all).awaitRunning();
      CompletableFuture<Long> fed = CompletableFuture.supplyAsync(() -> one.feed(input, ',', 250));
      awaitReleased(one, 300);
      one.close();

      try (TestPipeline again = TestPipeline.start(broker, first, all).awaitRunning()) {
        awaitReleased(again, 1_000);
        shareKeys(first, second);
        try (TestPipeline other =
            TestPipeline.start(broker, second, Set.of(Stage.ANONYMIZE)).awaitRunning()) {
          awaitReleased(other, 1_800);
          assertThat(fed.get()).isEqualTo(EVENTS);
          awaitReleased(again, EVENTS);
        }
        again.awaitDone(Duration.ofMinutes(1));
        everyEventIsReleasedOnceAmongK(again);
      }
    }
  }

  /** Instances of one pipeline have one keyset. */
  private static void shareKeys(Path from, Path to) throws IOException {
    Path keys = Path.of(".cloister", "keys.json");
    Path copy = to.resolveSibling(keys);
    Files.createDirectories(copy.getParent());
    Files.copy(from.resolveSibling(keys), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** The state before the restart goes on: whoever held the records, they come out. */
  private static void awaitReleased(TestPipeline pipeline, int atLeast) {
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofMinutes(2))
        .until(() -> anonymized(pipeline).size() >= atLeast);
  }

  private static List<ConsumerRecord<byte[], byte[]>> anonymized(TestPipeline pipeline) {
    return Topics.readAll(pipeline.kafka(), pipeline.names().anonymized());
  }

  private static void everyEventIsReleasedOnceAmongK(TestPipeline pipeline) {
    Set<Integer> events = new HashSet<>();
    Map<String, Set<Integer>> opening = new HashMap<>();
    Map<String, Integer> openedIn = new HashMap<>();
    int transaction = 0;
    long expected = 0;
    for (ConsumerRecord<byte[], byte[]> record : anonymized(pipeline)) {
      transaction += record.offset() == expected ? 0 : 1;
      expected = record.offset() + 1;
      JsonNode json = Topics.json(record);
      int event = json.path("event").asInt();
      String cell = json.path("group").asText();
      assertThat(cell).isEqualTo(group(student(event)));
      assertThat(events.add(event)).as("released once: " + event).isTrue();
      openedIn.putIfAbsent(cell, transaction);
      if (openedIn.get(cell) == transaction) {
        opening.computeIfAbsent(cell, unused -> new HashSet<>()).add(student(event));
      }
    }
    assertThat(events).hasSize(EVENTS);
    assertThat(opening).hasSize(STUDENTS / STUDENTS_PER_GROUP);
    assertThat(opening.values())
        .allSatisfy(people -> assertThat(people).hasSizeGreaterThanOrEqualTo(K));
  }

  private Path writeEvents() throws IOException {
    List<String> lines = new ArrayList<>(List.of("event,student,group,at"));
    Instant now = Instant.now();
    for (int event = 0; event < EVENTS; event++) {
      int student = student(event);
      lines.add(event + ",s" + student + "," + group(student) + "," + now);
    }
    return Files.write(dir.resolve("events.csv"), lines, StandardCharsets.UTF_8);
  }

  /** Later events come from ever more students. */
  private static int student(int event) {
    int known = Math.max(1, event * STUDENTS / EVENTS);
    return event % 3 == 0 ? known : event * 31 % known;
  }

  private static String group(int student) {
    return "g" + student / STUDENTS_PER_GROUP;
  }
}
