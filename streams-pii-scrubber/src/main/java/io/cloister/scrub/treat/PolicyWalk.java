// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.common.config.ScrubConfig.Unlisted;
import io.cloister.common.config.Treatment.Replace;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.detect.Detector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a record and its policy together, once. Within, null means that nothing is passed on. */
final class PolicyWalk {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final PolicyNode root;
  private final Detector scanner;

  PolicyWalk(PolicyNode root, Detector scanner) {
    this.root = root;
    this.scanner = scanner;
  }

  ObjectNode apply(ObjectNode record) throws UntreatableRecordException {
    return object(root, record);
  }

  private @Nullable JsonNode treat(PolicyNode node, JsonNode value)
      throws UntreatableRecordException {
    if (node.treatment().isPresent()) {
      return value.isNull() ? value : node.treatment().get().apply(value);
    }
    if (node.isLeaf()) {
      return rest(node.rest(), value);
    }
    if (value.isNull()) {
      return value;
    }
    if (value instanceof ObjectNode object && !node.fields().isEmpty()) {
      ObjectNode treated = object(node, object);
      return emptied(node, value, treated) ? null : treated;
    }
    if (value instanceof ArrayNode array && node.each().isPresent()) {
      ArrayNode treated = array(node.each().get(), array);
      return emptied(node, value, treated) ? null : treated;
    }
    // The config names what lies below, and the value has no below. To pass it on might pass on
    // what should have been treated.
    if (node.rest() != Unlisted.DROP) {
      throw new UntreatableRecordException(FailureKind.WRONG_TYPE, node.path());
    }
    return null;
  }

  /** Of what is not listed itself, nothing stays when nothing in it does. */
  private static boolean emptied(PolicyNode node, JsonNode value, JsonNode treated) {
    return node.rest() == Unlisted.DROP && treated.isEmpty() && !value.isEmpty();
  }

  private ObjectNode object(PolicyNode node, ObjectNode object) throws UntreatableRecordException {
    ObjectNode treated = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      @Nullable PolicyNode below = node.fields().get(entry.getKey());
      @Nullable JsonNode value = null;
      if (below != null) {
        value = treat(below, entry.getValue());
      } else if (passes(node.rest(), entry.getKey())) {
        value = rest(node.rest(), entry.getValue());
      }
      if (value != null) {
        treated.set(entry.getKey(), value);
      }
    }
    return treated;
  }

  private ArrayNode array(PolicyNode each, ArrayNode array) throws UntreatableRecordException {
    ArrayNode treated = NODES.arrayNode();
    for (JsonNode element : array) {
      @Nullable JsonNode value = treat(each, element);
      if (value != null) {
        treated.add(value);
      }
    }
    return treated;
  }

  private @Nullable JsonNode rest(Unlisted rest, JsonNode value) {
    return switch (rest) {
      case DROP -> null;
      case KEEP -> value;
      case SCAN -> scan(value);
    };
  }

  private JsonNode scan(JsonNode value) {
    if (value.isTextual()) {
      return TextNode.valueOf(scanner.replace(value.textValue(), Replace.LABEL));
    }
    if (value instanceof ArrayNode array) {
      ArrayNode scanned = NODES.arrayNode();
      array.forEach(element -> scanned.add(scan(element)));
      return scanned;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode scanned = NODES.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (passes(Unlisted.SCAN, entry.getKey())) {
          scanned.set(entry.getKey(), scan(entry.getValue()));
        }
      }
      return scanned;
    }
    return value;
  }

  /** Names come from events too: one that holds personal data is no name of a field. */
  private boolean passes(Unlisted rest, String name) {
    return rest != Unlisted.SCAN || scanner.find(name).isEmpty();
  }
}
