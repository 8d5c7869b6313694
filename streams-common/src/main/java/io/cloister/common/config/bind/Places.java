// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;

/** Where in the file each key and item stands, and which of them could not be bound. */
public final class Places {
  /** The root of the config. */
  public static final List<String> ROOT = List.of();

  private final Map<List<String>, Position> positions = new HashMap<>();
  private final Set<List<String>> broken = new HashSet<>();

  /**
   * A place in the file.
   *
   * @param line counted from 1
   * @param column counted from 1
   */
  public record Position(int line, int column) {
    static Position of(Mark mark) {
      return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  void add(List<String> path, Position position) {
    positions.put(path, position);
  }

  void broke(List<String> path) {
    broken.add(path);
  }

  /**
   * @param path keys from the root
   * @return whether the file has it
   */
  public boolean has(List<String> path) {
    return positions.containsKey(path);
  }

  /**
   * @param path keys from the root
   * @return whether neither it nor what holds it has failed to bind
   */
  public boolean sound(List<String> path) {
    for (int length = 0; length <= path.size(); length++) {
      if (broken.contains(path.subList(0, length))) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param path keys from the root
   * @return whether the file has anything under it
   */
  public boolean hasBelow(List<String> path) {
    return isAbove(path, positions.keySet());
  }

  /**
   * @param path keys from the root
   * @return whether anything under it has failed to bind
   */
  public boolean brokenBelow(List<String> path) {
    return isAbove(path, broken);
  }

  private static boolean isAbove(List<String> path, Set<List<String>> paths) {
    return paths.stream()
        .anyMatch(
            other -> other.size() > path.size() && other.subList(0, path.size()).equals(path));
  }

  /**
   * @param path keys from the root
   * @return where it stands, or the nearest that holds it
   */
  public Position of(List<String> path) {
    for (int length = path.size(); length >= 0; length--) {
      Position position = positions.get(path.subList(0, length));
      if (position != null) {
        return position;
      }
    }
    return new Position(1, 1);
  }

  /**
   * @param path keys from the root
   * @param more further keys; {@code [0]} for the first item of a list
   * @return the longer path
   */
  public static List<String> below(List<String> path, String... more) {
    List<String> longer = new ArrayList<>(path);
    longer.addAll(List.of(more));
    return List.copyOf(longer);
  }

  /**
   * @param path keys from the root
   * @return as a reader would write it
   */
  public static String show(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String key : path) {
      text.append(text.isEmpty() || key.startsWith("[") ? "" : ".").append(key);
    }
    return text.toString();
  }
}
