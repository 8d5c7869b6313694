// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.error.EnvironmentException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * How a pipeline was first run, and the identity of its releases.
 *
 * @param arrangement chained or fused; never changes, because offsets, epochs and budgets live
 *     under application ids that go with it
 * @param id random; part of the identity of every release
 */
public record Deployment(Arrangement arrangement, UUID id) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @return the value of the record in the arrangement topic
   */
  byte[] encode() {
    return JSON.createObjectNode()
        .put("version", VERSION)
        .put("arrangement", arrangement.name().toLowerCase(Locale.ROOT))
        .put("deployment", id.toString())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param value the value of a record in the arrangement topic
   * @return what it says
   * @throws EnvironmentException when it says nothing that this version knows
   */
  static Deployment decode(byte[] value) {
    try {
      JsonNode json = JSON.readTree(new String(value, StandardCharsets.UTF_8));
      if (json.path("version").asInt() == VERSION) {
        return new Deployment(
            Arrangement.valueOf(json.path("arrangement").asText().toUpperCase(Locale.ROOT)),
            UUID.fromString(json.path("deployment").asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new EnvironmentException("the arrangement topic holds a record that is not Cloister's");
    }
    throw new EnvironmentException(
        "the arrangement topic was written by a version of Cloister that this one does not know");
  }
}
