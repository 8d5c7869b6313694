// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.keys.KeyedFunction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * How a pipeline was first run, and the identity of its releases.
 *
 * @param arrangement chained or fused; never changes, because offsets, epochs and budgets live
 *     under application ids that go with it
 * @param id random; part of the identity of every release
 * @param tokenKey the key behind the tokens; never changes, because a person would have two
 */
public record Deployment(Arrangement arrangement, UUID id, KeyCheck tokenKey) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What tells one key from another, and nothing of the key.
   *
   * @param version the key's version
   * @param value what the key makes of a fixed input, 8 bytes in hex
   */
  public record KeyCheck(int version, String value) {
    // No token's input begins so: those begin with a format byte below 32.
    private static final byte[] INPUT = "cloister.key-check.v1".getBytes(StandardCharsets.UTF_8);
    private static final int BYTES = 8;

    /**
     * @param key a key
     * @return its check value
     */
    static KeyCheck of(KeyedFunction key) {
      return new KeyCheck(key.version(), HexFormat.of().formatHex(key.compute(INPUT, BYTES)));
    }
  }

  /**
   * @return the value of the record in the arrangement topic
   */
  byte[] encode() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("version", VERSION)
            .put("arrangement", arrangement.name().toLowerCase(Locale.ROOT))
            .put("deployment", id.toString());
    json.putObject("token-key").put("version", tokenKey.version()).put("check", tokenKey.value());
    return json.toString().getBytes(StandardCharsets.UTF_8);
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
            UUID.fromString(json.path("deployment").asText()),
            new KeyCheck(
                json.path("token-key").path("version").asInt(),
                json.path("token-key").path("check").asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new EnvironmentException("the arrangement topic holds a record that is not Cloister's");
    }
    throw new EnvironmentException(
        "the arrangement topic was written by a version of Cloister that this one does not know");
  }
}
