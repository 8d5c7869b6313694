// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies chosen fields of a record, and nothing beside them. */
final class Projection {
  private final Map<FieldPath.Step, Projection> steps = new LinkedHashMap<>();
  private boolean whole;

  Projection(List<FieldPath> fields) {
    for (FieldPath field : fields) {
      Projection at = this;
      for (FieldPath.Step step : field.steps()) {
        at = at.steps.computeIfAbsent(step, s -> new Projection(List.of()));
      }
      at.whole = true;
    }
  }

  ObjectNode of(ObjectNode record) {
    return copy(record).map(ObjectNode.class::cast).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private Optional<JsonNode> copy(JsonNode node) {
    if (whole) {
      return Optional.of(node.deepCopy());
    }
    if (node instanceof ArrayNode array) {
      return Optional.ofNullable(steps.get(new FieldPath.Step.Each()))
          .map(each -> each.elements(array));
    }
    return node instanceof ObjectNode object ? fields(object) : Optional.empty();
  }

  private JsonNode elements(ArrayNode array) {
    ArrayNode copy = JsonNodeFactory.instance.arrayNode();
    array.forEach(element -> copy(element).ifPresent(copy::add));
    return copy;
  }

  private Optional<JsonNode> fields(ObjectNode object) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    steps.forEach(
        (step, below) -> {
          if (step instanceof FieldPath.Step.Field field) {
            JsonNode child = object.get(field.name());
            if (child != null) {
              below.copy(child).ifPresent(value -> copy.set(field.name(), value));
            }
          }
        });
    return copy.isEmpty() ? Optional.empty() : Optional.of(copy);
  }
}
