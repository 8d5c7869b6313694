// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloister.common.error.BugException;

/** JSON whose decimals are written and read digit by digit, without exponents. */
public final class ExactJson {
  private static final ObjectMapper MAPPER = mapper();

  private ExactJson() {}

  /**
   * @return a mapper of its own
   */
  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /**
   * @param json a tree
   * @return its bytes, UTF-8, on one line
   */
  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      // Without the cause, which could quote the tree.
      throw new BugException("a tree of our own making cannot be written as JSON");
    }
  }
}
