// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A hierarchy as a tree of numbered nodes, one a label, which is what clustering algorithms compute
 * with. It reads files by itself and counts losses by itself, so that the judge of a comparison
 * shares no code with the engine that it judges.
 */
final class Taxonomy implements Hierarchy {
  private static final int ROOT_NODE = 0;

  /** Up to this size the losses of all pairs are kept, which the search for neighbours needs. */
  private static final int TABLED = 600;

  private final Map<String, Integer> nodes = new HashMap<>();
  private final List<String> labels = new ArrayList<>();
  private final Map<String, List<String>> chains = new HashMap<>();
  private final List<String> unknown;
  private final int[] parent;
  private final int[] depth;
  private final double[] loss;
  private final double[][] joinedLoss;

  /**
   * @param lines one a leaf: the labels from the leaf to the root, all of one length
   */
  Taxonomy(List<List<String>> lines) {
    List<Integer> parents = new ArrayList<>();
    node(ROOT, parents, ROOT_NODE);
    for (List<String> line : lines) {
      int above = ROOT_NODE;
      for (int level = line.size() - 1; level >= 0; level--) {
        above = node(line.get(level), parents, above);
      }
      chains.put(line.get(0), List.copyOf(line));
    }
    unknown = Collections.nCopies(lines.get(0).size(), ROOT);
    parent = parents.stream().mapToInt(Integer::intValue).toArray();
    depth = new int[parent.length];
    int[] leaves = new int[parent.length];
    for (int node = 1; node < parent.length; node++) {
      depth[node] = depth[parent[node]] + 1;
    }
    for (String leaf : chains.keySet()) {
      int node = node(leaf);
      leaves[node]++;
      while (node != ROOT_NODE) {
        node = parent[node];
        leaves[node]++;
      }
    }
    int domain = chains.size();
    loss =
        Arrays.stream(leaves).mapToDouble(n -> domain < 2 ? 0 : (n - 1.0) / (domain - 1)).toArray();
    joinedLoss = parent.length <= TABLED ? table() : new double[0][0];
  }

  private double[][] table() {
    double[][] table = new double[parent.length][parent.length];
    for (int one = 0; one < parent.length; one++) {
      for (int other = 0; other < parent.length; other++) {
        table[one][other] = loss[join(one, other)];
      }
    }
    return table;
  }

  static Taxonomy read(Path file) {
    try {
      List<List<String>> lines =
          Files.readString(file, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .map(line -> List.of(line.split(";", -1)))
              .toList();
      if (lines.isEmpty()) {
        throw new InputException("hierarchy file " + file + ": holds no line");
      }
      return new Taxonomy(lines);
    } catch (IOException e) {
      throw new InputException("hierarchy file " + file + ": cannot be read");
    }
  }

  private int node(String label, List<Integer> parents, int above) {
    Integer known = nodes.get(label);
    if (known != null) {
      return known;
    }
    nodes.put(label, labels.size());
    labels.add(label);
    parents.add(above);
    return labels.size() - 1;
  }

  /**
   * @param label a label or a value
   * @return its node; the root where the hierarchy does not know it
   */
  int node(String label) {
    return nodes.getOrDefault(label, ROOT_NODE);
  }

  String label(int node) {
    return labels.get(node);
  }

  /** The finest node that stands for both. */
  int join(int one, int other) {
    int a = one;
    int b = other;
    while (a != b) {
      if (depth[a] < depth[b]) {
        b = parent[b];
      } else {
        a = parent[a];
      }
    }
    return a;
  }

  /** What the finest node that stands for both loses. */
  double joinedLoss(int one, int other) {
    return joinedLoss.length > 0 ? joinedLoss[one][other] : loss[join(one, other)];
  }

  boolean covers(int node, int leaf) {
    return join(node, leaf) == node;
  }

  /** Generalized loss: (leaves - 1) / (domain - 1). */
  double loss(int node) {
    return loss[node];
  }

  boolean isRoot(int node) {
    return node == ROOT_NODE;
  }

  @Override
  public int levels() {
    return unknown.size();
  }

  @Override
  public List<String> chain(String value) {
    return chains.getOrDefault(value, unknown);
  }

  @Override
  public double loss(String label, int level) {
    return loss[node(label)];
  }
}
