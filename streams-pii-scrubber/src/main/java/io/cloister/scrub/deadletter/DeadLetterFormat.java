// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.record.FailureKind;
import io.cloister.scrub.deadletter.DeadLetter.Content;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The wire form of dead letters: one JSON object, version 1, in UTF-8. */
public final class DeadLetterFormat {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterFormat() {}

  /**
   * @param letter a dead letter
   * @return its bytes
   */
  public static byte[] write(DeadLetter letter) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("stage", letter.stage());
    root.put("kind", letter.kind().name());
    letter.field().ifPresent(field -> root.put("field", field));
    root.put("topic", letter.position().topic());
    root.put("partition", letter.position().partition());
    root.put("offset", letter.position().offset());
    root.put("time", letter.time().toString());
    if (letter.content() instanceof Content.Encrypted encrypted) {
      root.put("encrypted", Base64.getEncoder().encodeToString(encrypted.bytes()));
    } else if (letter.content() instanceof Content.Omitted) {
      root.put("omitted", true);
    }
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new BugException("a tree of plain values is always JSON");
    }
  }

  /**
   * @param bytes a record of the dead-letter topic
   * @return the dead letter, absent when it is none of this version
   */
  public static Optional<DeadLetter> read(byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(new String(bytes, UTF_8));
      if (root.path("version").asInt() != VERSION) {
        return Optional.empty();
      }
      SourcePosition position =
          new SourcePosition(
              root.path("topic").asText(),
              root.path("partition").asInt(),
              root.path("offset").asLong());
      return Optional.of(
          new DeadLetter(
              root.path("stage").asText(),
              FailureKind.valueOf(root.path("kind").asText()),
              Optional.ofNullable(root.get("field")).map(JsonNode::asText),
              position,
              Instant.parse(root.path("time").asText()),
              content(root)));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Content content(JsonNode root) {
    if (root.has("encrypted")) {
      return new Content.Encrypted(Base64.getDecoder().decode(root.get("encrypted").asText()));
    }
    return root.path("omitted").asBoolean() ? new Content.Omitted() : new Content.None();
  }
}
