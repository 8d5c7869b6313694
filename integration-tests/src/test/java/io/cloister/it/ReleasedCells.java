// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.it.Attempts.Attempt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds released attempts against the attempts themselves, which it finds by the published row.
 * Shares no code with the anonymizer.
 */
final class ReleasedCells {
  private static final Pattern INTERVAL = Pattern.compile("\\[([0-9]+)\\.\\.([0-9]+)\\)");

  private record Cell(String gender, String age, String zip) {
    boolean holds(Attempt attempt) {
      return (gender.equals("*") || gender.equals(attempt.gender()))
          && holdsAge(attempt.age())
          && attempt.zip().matches(zip.replaceFirst("\\*+$", "[0-9]*"));
    }

    private boolean holdsAge(int years) {
      Matcher interval = INTERVAL.matcher(age);
      return interval.matches()
          ? Integer.parseInt(interval.group(1)) <= years
              && years < Integer.parseInt(interval.group(2))
          : age.equals("*");
    }
  }

  private ReleasedCells() {}

  /**
   * Every attempt is released at most once, in a cell that covers it and of whose first transaction
   * on at least k people are in it, with nothing beside what is published. A transaction ends where
   * a control record leaves a gap in the offsets.
   */
  static void areOfKPeople(
      int k,
      Set<String> published,
      List<ConsumerRecord<byte[], byte[]>> anonymized,
      Function<ConsumerRecord<byte[], byte[]>, JsonNode> content,
      List<Attempt> attempts) {
    Set<String> fields = new HashSet<>(Set.of("at", "gender", "age", "zip"));
    fields.addAll(published);
    Set<Integer> rows = new HashSet<>();
    Map<Cell, Set<String>> opening = new HashMap<>();
    Map<Cell, Long> openedIn = new HashMap<>();
    long transaction = 0;
    long expected = 0;
    for (ConsumerRecord<byte[], byte[]> record : anonymized) {
      transaction += record.offset() == expected ? 0 : 1;
      expected = record.offset() + 1;
      JsonNode released = content.apply(record);
      assertThat(fields).containsAll(released::fieldNames);
      Attempt attempt = attempts.get(released.path("row").asInt());
      Cell cell =
          new Cell(
              released.path("gender").asText(),
              released.path("age").asText(),
              released.path("zip").asText());
      assertThat(rows.add(attempt.row())).as("row %d is released once", attempt.row()).isTrue();
      assertThat(cell.holds(attempt)).as("%s holds %s", cell, attempt).isTrue();
      assertThat(cell).isNotEqualTo(new Cell("*", "*", "*"));
      assertThat(released.path("course").asText()).isEqualTo(attempt.course());
      assertThat(attempt.at().toString()).startsWith(released.path("at").asText().substring(0, 13));
      assertThat(released.path("at").asText()).endsWith(":00:00Z");
      openedIn.putIfAbsent(cell, transaction);
      if (openedIn.get(cell) == transaction) {
        opening.computeIfAbsent(cell, unused -> new HashSet<>()).add(attempt.student());
      }
    }
    assertThat(opening).hasSizeGreaterThan(5);
    assertThat(opening)
        .allSatisfy((cell, people) -> assertThat(people).hasSizeGreaterThanOrEqualTo(k));
  }
}
