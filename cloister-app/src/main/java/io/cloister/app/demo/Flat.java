// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object as path to text, in the order in which it was written. */
final class Flat {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Flat() {}

  /**
   * @param json an object
   * @return every leaf by its path; empty when it is no JSON
   */
  static Map<String, String> of(String json) {
    Map<String, String> leaves = new LinkedHashMap<>();
    try {
      put("", JSON.readTree(json), leaves);
    } catch (JsonProcessingException e) {
      return Map.of();
    }
    return leaves;
  }

  private static void put(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  put(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      leaves));
    } else if (!node.isNull()) {
      leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
