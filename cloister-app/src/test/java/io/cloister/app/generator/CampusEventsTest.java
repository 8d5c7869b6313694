// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CampusEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(jsonOf(events(7, 0.1), 500)).isEqualTo(jsonOf(events(7, 0.1), 500));
  }

  @Test
  void anotherSeedGivesOtherEvents() {
    assertThat(jsonOf(events(7, 0), 20)).doesNotContainAnyElementsOf(jsonOf(events(8, 0), 20));
  }

  @Test
  void everyEventNamesAPersonAPlaceInTimeAndACourse() {
    assertThat(parsed(events(1, 0), 1000))
        .allSatisfy(
            event -> {
              assertThat(event.at("/actor/account/name").asText()).matches("S[0-9]{7}");
              assertThat(event.at("/actor/name").asText()).contains(" ");
              assertThat(event.at("/actor/mbox").asText())
                  .matches("mailto:[a-z.0-9]+@[a-z.]+example\\.edu");
              assertThat(event.at("/context/ip").asText())
                  .matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.[0-9]{1,3}");
              assertThat(Instant.parse(event.get("timestamp").asText())).isEqualTo(NOON.instant());
              assertThat(LocalDate.parse(event.get("birthDate").asText())).isBefore("2009-01-01");
              assertThat(event.get("postalCode").asText()).matches("[0-9]{5}");
              assertThat(event.get("gender").asText()).isIn("female", "male", "diverse");
              assertThat(event.get("region").asText()).endsWith(" County");
              assertThat(event.get("credits").isInt()).isTrue();
              assertThat(event.get("course").asText()).isIn(Words.COURSES);
            });
  }

  @Test
  void submissionsHaveScoresAndOtherEventsHaveNone() {
    assertThat(parsed(events(2, 0), 1000))
        .allSatisfy(
            event -> {
              boolean submission = event.get("activity").asText().equals("submission");
              assertThat(event.has("score")).isEqualTo(submission);
              assertThat(event.path("score").asInt(0)).isBetween(0, 100);
            });
  }

  @Test
  void phoneNumbersAreThoseSetAsideForFiction() {
    Pattern phone = Pattern.compile("\\([0-9]{3}\\) [0-9-]+");
    List<String> phones =
        parsed(events(3, 0), 5000).stream()
            .map(event -> phone.matcher(event.at("/result/response").asText()))
            .filter(Matcher::find)
            .map(Matcher::group)
            .toList();
    assertThat(phones)
        .hasSizeGreaterThan(100)
        .allMatch(p -> p.matches("\\([2-9][0-9]{2}\\) 555-01[0-9]{2}"));
  }

  @Test
  void aPersonIsTheSamePersonInEveryEvent() {
    Map<String, List<String>> people =
        parsed(events(4, 0), 5000).stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.at("/actor/account/name").asText(),
                    Collectors.mapping(
                        event ->
                            event.get("birthDate").asText()
                                + event.get("postalCode").asText()
                                + event.at("/actor/mbox").asText(),
                        Collectors.toList())));
    assertThat(people.values()).allSatisfy(p -> assertThat(p).containsOnly(p.get(0)));
  }

  @Test
  void someStudentsAreFarMoreActiveThanMost() {
    Map<String, Long> perStudent =
        parsed(events(5, 0), 10_000).stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.at("/actor/account/name").asText(), Collectors.counting()));
    List<Long> counts = perStudent.values().stream().sorted(Comparator.reverseOrder()).toList();
    assertThat(counts).hasSizeGreaterThan(700);
    assertThat(counts.get(0)).isGreaterThan(20 * counts.get(counts.size() / 2));
  }

  @Test
  void theAskedShareOfEventsIsMalformedInEveryWay() {
    List<CampusEvent> some = take(events(6, 0.2), 5000);
    List<CampusEvent> malformed = some.stream().filter(CampusEvent::malformed).toList();
    assertThat(malformed).hasSizeBetween(850, 1150);
    assertThat(malformed.stream().map(event -> defect(event.json())).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "not JSON", "not an object", "no subject", "no time", "bad time");
    assertThat(some.stream().filter(event -> !event.malformed()))
        .allMatch(event -> defect(event.json()).equals("none"));
  }

  @Test
  void identifiersAreDistinct() {
    assertThat(take(events(9, 0), 5000).stream().map(CampusEvent::id)).doesNotHaveDuplicates();
  }

  @Test
  void studentNumbersAreDistinctOnALargeCampus() {
    Campus campus = Campus.invent(50_000, new SplittableRandom(1));
    assertThat(campus.students().stream().map(Student::number)).doesNotHaveDuplicates();
  }

  @Test
  void impossibleSharesAndSizesAreRefused() {
    assertThatThrownBy(() -> events(1, 1.5)).hasMessageContaining("0 to 1, not 1.5");
    assertThatThrownBy(() -> new CampusEvents(0, 0, new SplittableRandom(1), NOON))
        .hasMessageContaining("not 0");
  }

  @Test
  void printingAnEventDoesNotShowIt() {
    CampusEvent event = events(1, 0).next();
    assertThat(event.toString()).doesNotContain(event.id()).doesNotContain("actor");
  }

  private static String defect(String json) {
    JsonNode event;
    try {
      event = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return "not JSON";
    }
    if (!event.isObject()) {
      return "not an object";
    } else if (event.at("/actor/account/name").isMissingNode()) {
      return "no subject";
    } else if (!event.has("timestamp")) {
      return "no time";
    }
    return event.get("timestamp").asText().startsWith("2026-") ? "none" : "bad time";
  }

  private static CampusEvents events(long seed, double malformedShare) {
    return new CampusEvents(800, malformedShare, new SplittableRandom(seed), NOON);
  }

  private static List<CampusEvent> take(CampusEvents events, int count) {
    return Stream.generate(events::next).limit(count).toList();
  }

  private static List<String> jsonOf(CampusEvents events, int count) {
    return map(take(events, count), CampusEvent::json);
  }

  private static List<JsonNode> parsed(CampusEvents events, int count) {
    return map(
        take(events, count),
        event -> {
          try {
            return JSON.readTree(event.json());
          } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON", e);
          }
        });
  }

  private static <T> List<T> map(List<CampusEvent> events, Function<CampusEvent, T> to) {
    return events.stream().map(to).toList();
  }
}
