// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks at what the crash test's pipeline left on its topics, knowing every event. */
final class CrashAudit {
  private static final int K = 5;

  private final ClientSettings kafka;
  private final TopicNames names;
  private final Map<SourcePosition, Integer> produced;
  private final Set<Integer> good;

  /** The events are given by their positions. */
  CrashAudit(ClientSettings kafka, TopicNames names, Map<SourcePosition, Integer> produced) {
    this.kafka = kafka;
    this.names = names;
    this.produced = produced;
    this.good =
        produced.values().stream()
            .filter(row -> !CrashEvents.isBroken(row))
            .collect(Collectors.toSet());
  }

  /** Some more than once, since the scrubber delivers at least once, but then the same again. */
  void everyGoodEventIsScrubbedAndEveryOtherADeadLetter() {
    Map<SourcePosition, ConsumerRecord<byte[], byte[]>> first = new HashMap<>();
    Map<Integer, String> tokens = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> scrubbed = Topics.readAll(kafka, names.scrubbed());
    for (ConsumerRecord<byte[], byte[]> record : scrubbed) {
      SourcePosition position = SourcePosition.from(record.headers()).orElseThrow();
      ConsumerRecord<byte[], byte[]> earlier = first.putIfAbsent(position, record);
      if (earlier != null) {
        assertThat(record.value()).isEqualTo(earlier.value());
        assertThat(record.key()).isEqualTo(earlier.key());
        assertThat(record.partition()).isEqualTo(earlier.partition());
      }
      int row = Topics.json(record).path("row").asInt();
      assertThat(row).isEqualTo(produced.get(position));
      String token = new String(record.key(), StandardCharsets.UTF_8);
      assertThat(tokens.merge(CrashEvents.student(row), token, (a, b) -> b)).isEqualTo(token);
    }
    assertThat(first.keySet().stream().map(produced::get).collect(Collectors.toSet()))
        .isEqualTo(good);
    assertThat(new HashSet<>(tokens.values())).hasSameSizeAs(tokens.keySet());

    Set<Integer> dead = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.readAll(kafka, names.deadLetters())) {
      JsonNode letter = Topics.json(record);
      dead.add(
          produced.get(
              new SourcePosition(
                  letter.path("topic").asText(),
                  letter.path("partition").asInt(),
                  letter.path("offset").asLong())));
    }
    assertThat(dead)
        .isEqualTo(
            produced.values().stream().filter(CrashEvents::isBroken).collect(Collectors.toSet()));
    System.out.printf(
        "%,d events, %d of them broken; %,d scrubbed, %d of them again%n",
        produced.size(), dead.size(), scrubbed.size(), scrubbed.size() - first.size());
  }

  private record Cell(String campus, String team, String year) {}

  /** Released at most once, of one class a person, and each cell opened for k people at once. */
  void everyReleaseHidesAmongKAndNoneComesAgain() {
    List<ConsumerRecord<byte[], byte[]>> anonymized = Topics.readAll(kafka, names.anonymized());
    Set<Integer> rows = new HashSet<>();
    Map<Integer, Cell> classes = new HashMap<>();
    Map<Cell, Long> openedIn = new HashMap<>();
    Map<Cell, Set<Integer>> opening = new HashMap<>();
    Map<String, Integer> partitions = new HashMap<>();
    Map<Integer, Long> next = new HashMap<>();
    long transaction = 0;
    for (ConsumerRecord<byte[], byte[]> record : anonymized) {
      // The end of a transaction takes an offset of its own.
      Long expected = next.put(record.partition(), record.offset() + 1);
      if (expected == null || expected != record.offset()) {
        transaction++;
      }
      JsonNode json = Topics.json(record);
      int row = json.path("row").asInt();
      int student = CrashEvents.student(row);
      Cell cell =
          new Cell(
              json.path("campus").asText(), json.path("team").asText(), json.path("year").asText());
      assertThat(good).contains(row);
      assertThat(rows.add(row)).as("released once: " + row).isTrue();
      // Withheld in the second chance, which is a region of its own.
      assertThat(cell.campus()).isIn(CrashEvents.campus(student), "*");
      assertThat(partitions.merge(cell.campus(), record.partition(), (a, b) -> a))
          .as("one partition a region")
          .isEqualTo(record.partition());
      assertThat(cell.team()).isIn(CrashEvents.team(student), "*");
      assertThat(cell.year())
          .isIn(String.valueOf(CrashEvents.year(student)), CrashEvents.decade(student), "*");
      assertThat(cell.team() + cell.year()).isNotEqualTo("**");
      assertThat(classes.merge(student, cell, (a, b) -> a)).as("one class").isEqualTo(cell);
      if (openedIn.merge(cell, transaction, (a, b) -> a) == transaction) {
        opening.computeIfAbsent(cell, unused -> new HashSet<>()).add(student);
      }
    }
    assertThat(opening)
        .allSatisfy((cell, people) -> assertThat(people).hasSizeGreaterThanOrEqualTo(K));
    // Some fit nowhere; of the others most are released, some in coarse cells.
    assertThat(rows).noneMatch(row -> CrashEvents.student(row) % 40 == 27);
    assertThat(rows).hasSizeGreaterThan(good.size() / 2);
    assertThat(opening.keySet()).anyMatch(cell -> cell.team().equals("*"));
    System.out.printf(
        "%,d released in %d cells, %d suppressed%n",
        rows.size(), opening.size(), good.size() - rows.size());
  }

  /** What was not released was suppressed, for it waits no longer: the stores are empty. */
  void nothingIsHeld() {
    String changelog = names.anonymizeApplication() + "-anonymize-held-changelog";
    Map<String, Boolean> held = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.readAll(kafka, changelog)) {
      held.put(record.partition() + Arrays.toString(record.key()), record.value() != null);
    }
    assertThat(held).isNotEmpty().doesNotContainValue(true);
  }

  /** Each scrubbed record once, in the order in which the aggregator sees a partition. */
  List<List<ConsumerRecord<byte[], byte[]>>> scrubbedOnce() {
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> partitions = new HashMap<>();
    Set<SourcePosition> seen = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.readAll(kafka, names.scrubbed())) {
      if (seen.add(SourcePosition.from(record.headers()).orElseThrow())) {
        partitions.computeIfAbsent(record.partition(), unused -> new ArrayList<>()).add(record);
      }
    }
    return List.copyOf(partitions.values());
  }
}
