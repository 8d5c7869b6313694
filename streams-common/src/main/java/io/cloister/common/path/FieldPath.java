// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path from the root of a record to a field: names joined by dots, {@code [*]} for every element
 * of an array, {@code ['a.b']} for a name that is not plain. Parsed once, applied to every record.
 *
 * @param steps from the root; at least one, the first a name
 */
public record FieldPath(List<Step> steps) {
  private static final String PLAIN = "[\\p{L}_$@][\\p{L}\\p{N}_$@-]*";
  private static final Pattern TOKEN =
      Pattern.compile("\\[\\*]|\\['((?:[^'\\\\]|\\\\.)+)']|(\\.?)(" + PLAIN + ")");
  private static final Pattern PLAIN_NAME = Pattern.compile(PLAIN);

  /** One step down. */
  public sealed interface Step {
    /**
     * Into a field of an object.
     *
     * @param name the field's name
     */
    record Field(String name) implements Step {}

    /** Into every element of an array. */
    record Each() implements Step {}
  }

  /** Refuses an empty path. */
  public FieldPath {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.get(0) instanceof Step.Field)) {
      throw new IllegalArgumentException("a field path starts with a name");
    }
  }

  /**
   * @param text such as {@code actor.account.name} or {@code tags[*].label}
   * @return the path
   * @throws IllegalArgumentException whose message says what is allowed
   */
  public static FieldPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      token.region(at, text.length());
      if (!token.lookingAt() || badDot(token, at)) {
        throw new IllegalArgumentException(
            "names joined by dots, [*] for every element, ['a.b'] for a name that is not plain");
      }
      if (token.group(3) != null) {
        steps.add(new Step.Field(token.group(3)));
      } else if (token.group(1) != null) {
        steps.add(new Step.Field(token.group(1).replaceAll("\\\\(.)", "$1")));
      } else {
        steps.add(new Step.Each());
      }
      at = token.end();
    }
    return new FieldPath(steps);
  }

  private static boolean badDot(Matcher token, int at) {
    boolean name = token.group(3) != null;
    return name && (at == 0) != token.group(2).isEmpty();
  }

  /**
   * @return whether the path may lead to several values
   */
  public boolean hasWildcard() {
    return steps.stream().anyMatch(Step.Each.class::isInstance);
  }

  /**
   * @param other another path
   * @return whether this path leads to the other's field or to something that holds it
   */
  public boolean covers(FieldPath other) {
    return steps.size() <= other.steps.size() && other.steps.subList(0, steps.size()).equals(steps);
  }

  /**
   * @param root a record
   * @return the value, absent where the record has none or JSON null
   * @throws IllegalStateException when this path has a wildcard
   */
  public Optional<JsonNode> find(JsonNode root) {
    JsonNode node = root;
    for (Step step : steps) {
      if (!(step instanceof Step.Field field)) {
        throw new IllegalStateException("a path with a wildcard leads to no single value");
      }
      node = node.get(field.name());
      if (node == null || node.isNull()) {
        return Optional.empty();
      }
    }
    return Optional.of(node);
  }

  /**
   * Sets the value, creating the objects on the way; a wildcard step is not allowed.
   *
   * @param root the record to change
   * @param value what to put there
   * @throws IllegalStateException when this path has a wildcard or runs through a value that is no
   *     object
   */
  public void put(ObjectNode root, JsonNode value) {
    ObjectNode node = root;
    for (int i = 0; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof Step.Field field)) {
        throw new IllegalStateException("a path with a wildcard leads to no single value");
      }
      if (i == steps.size() - 1) {
        node.set(field.name(), value);
      } else {
        JsonNode next = node.get(field.name());
        if (next == null || next.isNull()) {
          node = node.putObject(field.name());
        } else if (next instanceof ObjectNode object) {
          node = object;
        } else {
          throw new IllegalStateException("the path runs through a value that is no object");
        }
      }
    }
  }

  /**
   * @param root a record
   * @return every value that the path leads to, in document order, JSON nulls left out
   */
  public List<JsonNode> findAll(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        if (step instanceof Step.Field field) {
          JsonNode child = node.get(field.name());
          if (child != null && !child.isNull()) {
            next.add(child);
          }
        } else if (node instanceof ArrayNode array) {
          array.forEach(next::add);
        }
      }
      found = next;
    }
    return found;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      if (step instanceof Step.Field field) {
        if (PLAIN_NAME.matcher(field.name()).matches()) {
          text.append(text.isEmpty() ? "" : ".").append(field.name());
        } else {
          text.append("['").append(field.name().replaceAll("(['\\\\])", "\\\\$1")).append("']");
        }
      } else {
        text.append("[*]");
      }
    }
    return text.toString();
  }
}
