// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.hierarchy.Hierarchy;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Scalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which declared group a record belongs to: a function of that record alone, so that one person's
 * presence moves nobody else from group to group.
 */
public final class GroupKeys {
  private final List<Part> parts;
  private final List<List<String>> declared;
  private final Map<List<String>, Integer> indexes = new HashMap<>();
  private final List<byte[]> identities = new ArrayList<>();

  /**
   * One field of the key.
   *
   * @param field where its value is
   * @param level the level of a hierarchy that stands for the value, the value itself where absent
   */
  public record Part(FieldPath field, Optional<Level> level) {
    private Optional<String> of(JsonNode tree) {
      Optional<String> text = field.find(tree).flatMap(Scalars::text);
      return level.isEmpty() ? text : text.map(level.get()::of);
    }
  }

  /**
   * A fixed level of a hierarchy.
   *
   * @param hierarchy the hierarchy
   * @param level the level, 0 for the finest
   */
  public record Level(Hierarchy hierarchy, int level) {
    private String of(String value) {
      return hierarchy.chain(value).get(level);
    }
  }

  /**
   * @param parts the fields of the key; none for one group of everybody
   * @param declared the groups, each a value a part, all different
   */
  public GroupKeys(List<Part> parts, List<List<String>> declared) {
    this.parts = List.copyOf(parts);
    this.declared = parts.isEmpty() ? List.of(List.of()) : List.copyOf(declared);
    for (List<String> group : this.declared) {
      indexes.put(group, indexes.size());
      identities.add(identity(group));
    }
  }

  /**
   * @param tree a record
   * @return the position of its group among those declared, absent for a record of no such group
   */
  public OptionalInt indexOf(JsonNode tree) {
    List<String> key = new ArrayList<>(parts.size());
    for (Part part : parts) {
      Optional<String> value = part.of(tree);
      if (value.isEmpty()) {
        return OptionalInt.empty();
      }
      key.add(value.get());
    }
    Integer index = indexes.get(key);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * @return how many groups are declared, at least 1
   */
  public int size() {
    return declared.size();
  }

  /**
   * @param index a group's position
   * @return its values by field, in the order of the config
   */
  public Map<String, String> group(int index) {
    Map<String, String> group = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      group.put(parts.get(i).field().toString(), declared.get(index).get(i));
    }
    return group;
  }

  /**
   * @param index a group's position
   * @return its fields and values as part of an identity; not to be changed
   */
  public byte[] identity(int index) {
    return identities.get(index);
  }

  private byte[] identity(List<String> values) {
    Identity identity = new Identity();
    for (int i = 0; i < parts.size(); i++) {
      identity.add(parts.get(i).field().toString()).add(values.get(i));
    }
    return identity.toBytes();
  }
}
