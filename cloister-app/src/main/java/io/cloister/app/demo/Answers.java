// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.common.error.BugException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Puts the records of the aggregate topics together. Safe for use by several threads. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Answer.Head, List<Answer.Figure>> open = new HashMap<>();
  private final Map<String, String> scales = new HashMap<>();
  private final List<Answer> complete = new ArrayList<>();

  /**
   * @param record one record of a consumer's topic
   */
  synchronized void add(String record) {
    JsonNode json = parse(record);
    Answer.Head head =
        new Answer.Head(
            json.path("query").asText(),
            json.path("consumer").asText(),
            Instant.parse(json.at("/window/start").asText()),
            Instant.parse(json.at("/window/end").asText()));
    if (json.path("refused").asBoolean()) {
      complete.add(
          new Answer.Refused(
              head, json.path("requested").asText(), json.path("remaining").asText()));
    } else if (json.has("charged")) {
      complete.add(
          new Answer.Released(
              head,
              List.copyOf(open.getOrDefault(head, List.of())),
              scale(head),
              json.path("charged").asText(),
              json.path("remaining").asText()));
      open.remove(head);
    } else {
      scales.put(head.query(), json.path("scale").asText());
      open.computeIfAbsent(head, h -> new ArrayList<>()).add(figure(json));
    }
  }

  private String scale(Answer.Head head) {
    return scales.getOrDefault(head.query(), "");
  }

  /**
   * @return every answer so far, in the order in which they came
   */
  synchronized List<Answer> all() {
    return List.copyOf(complete);
  }

  /**
   * @param query a query
   * @param since windows that began earlier hold only a part of their events
   * @return its first release to anybody
   */
  Optional<Answer.Released> firstRelease(String query, Instant since) {
    return all().stream()
        .filter(Answer.Released.class::isInstance)
        .map(Answer.Released.class::cast)
        .filter(answer -> answer.head().query().equals(query))
        .filter(answer -> !answer.head().start().isBefore(since))
        .findFirst();
  }

  /**
   * @return the first refusal to anybody
   */
  Optional<Answer.Refused> firstRefusal() {
    return all().stream()
        .filter(Answer.Refused.class::isInstance)
        .map(Answer.Refused.class::cast)
        .findFirst();
  }

  private static Answer.Figure figure(JsonNode json) {
    String group =
        StreamSupport.stream(json.path("group").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    JsonNode interval = json.path("interval95");
    return new Answer.Figure(
        group, json.path("value").asText(), interval.path(0).asText(), interval.path(1).asText());
  }

  private static JsonNode parse(String record) {
    try {
      return JSON.readTree(record);
    } catch (JsonProcessingException e) {
      throw new BugException("an aggregate topic holds something that is no JSON");
    }
  }
}
