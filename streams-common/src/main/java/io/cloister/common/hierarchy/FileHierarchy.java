// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import io.cloister.common.error.BugException;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A hierarchy from a file in ARX's format: UTF-8, one line a leaf, the labels from the leaf to the
 * root {@code *} separated by semicolons, every line of one length. Blank lines, a byte order mark
 * and Windows line ends are taken as text editors leave them. A label may be repeated from level to
 * level, yet must stand for the same leaves wherever it appears.
 */
final class FileHierarchy implements Hierarchy {
  private final Map<String, List<String>> chains;
  private final Map<String, Integer> leaves;
  private final int levels;
  private final List<String> unknown;

  private FileHierarchy(Map<String, List<String>> chains, Map<String, Integer> leaves, int levels) {
    this.chains = chains;
    this.leaves = leaves;
    this.levels = levels;
    this.unknown = Collections.nCopies(levels, ROOT);
  }

  static FileHierarchy read(Path file) {
    String name = String.valueOf(file.getFileName());
    List<String> lines = text(file, name).lines().toList();
    Map<String, List<String>> chains = new HashMap<>();
    List<Map<String, Node>> nodes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      int line = i + 1;
      List<String> chain = List.of(lines.get(i).split(";", -1));
      checkChain(chain, name, line);
      while (nodes.isEmpty() || (chains.isEmpty() && nodes.size() < chain.size())) {
        nodes.add(new HashMap<>());
      }
      if (chain.size() != nodes.size()) {
        throw bad(name, line, "has " + chain.size() + " labels, the first line " + nodes.size());
      }
      if (chains.putIfAbsent(chain.get(0), chain) != null) {
        throw bad(name, line, "the leaf '" + chain.get(0) + "' is there twice");
      }
      for (int level = 0; level < chain.size(); level++) {
        String parent = chain.get(Math.min(level + 1, chain.size() - 1));
        Node node =
            nodes.get(level).computeIfAbsent(chain.get(level), label -> new Node(parent, line));
        if (!node.parent.equals(parent)) {
          throw bad(
              name,
              line,
              "'" + chain.get(level) + "' is under '" + parent + "', elsewhere under another");
        }
        node.leaves.add(chains.size());
      }
    }
    if (chains.isEmpty()) {
      throw new InputException("hierarchy file " + name + ": holds no line");
    }
    return new FileHierarchy(chains, sameLeaves(nodes, name), nodes.size());
  }

  private static void checkChain(List<String> chain, String name, int line) {
    if (chain.size() < 2 || !chain.get(chain.size() - 1).equals(ROOT)) {
      throw bad(name, line, "must be a leaf, labels of rising coarseness, and * at the end");
    }
    if (chain.contains("")) {
      throw bad(name, line, "has an empty label");
    }
    if (chain.get(0).equals(ROOT)) {
      throw bad(name, line, "has * for a leaf");
    }
  }

  private static Map<String, Integer> sameLeaves(List<Map<String, Node>> nodes, String name) {
    Map<String, Node> first = new HashMap<>();
    for (Map<String, Node> level : nodes) {
      level.forEach(
          (label, node) -> {
            Node before = first.putIfAbsent(label, node);
            if (before != null && !before.leaves.equals(node.leaves)) {
              throw bad(
                  name,
                  node.line,
                  "'" + label + "' stands for other leaves than on line " + before.line);
            }
          });
    }
    Map<String, Integer> leaves = new HashMap<>();
    first.forEach((label, node) -> leaves.put(label, node.leaves.size()));
    return leaves;
  }

  private static String text(Path file, String name) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InputException("hierarchy file " + name + ": is not UTF-8");
    } catch (IOException e) {
      throw new InputException("hierarchy file " + name + ": cannot be read; is the path right?");
    }
  }

  private static InputException bad(String name, int line, String what) {
    return new InputException("hierarchy file " + name + ", line " + line + ": " + what);
  }

  /** SHA-256 of the chains in the order of their leaves, in hex; layout and order do not count. */
  String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (List<String> chain : new TreeMap<>(chains).values()) {
        // No label holds either separator.
        sha256.update((String.join(";", chain) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public List<String> chain(String value) {
    return chains.getOrDefault(value, unknown);
  }

  @Override
  public double loss(String label, int level) {
    Integer held = leaves.get(label);
    if (held == null) {
      throw new IllegalArgumentException("no label of this hierarchy");
    }
    return chains.size() == 1
        ? (label.equals(ROOT) ? 1.0 : 0.0)
        : (held - 1.0) / (chains.size() - 1.0);
  }

  private static final class Node {
    private final String parent;
    private final int line;
    private final List<Integer> leaves = new ArrayList<>();

    Node(String parent, int line) {
      this.parent = parent;
      this.line = line;
    }
  }
}
