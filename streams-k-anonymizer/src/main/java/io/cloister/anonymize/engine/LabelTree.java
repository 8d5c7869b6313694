// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of one quasi-identifier that an epoch has seen, as small numbers. A label may stand on
 * several levels in a row; its height is the highest of them, which is the same for all values that
 * have the label, since it stands for one set of values wherever it appears.
 */
final class LabelTree {
  private final Hierarchy hierarchy;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<int[]> lineages = new ArrayList<>();
  private int[][] chains = new int[16][];
  private final Map<Integer, List<String>> chainTexts = new HashMap<>();
  private final Map<Integer, List<String>> lineageTexts = new HashMap<>();
  private double[] losses = new double[16];
  private final int root;

  LabelTree(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    this.root = internLineage(List.of(Hierarchy.ROOT));
  }

  /**
   * @param chain labels from level 0 to the root
   * @return their numbers
   */
  int[] intern(List<String> chain) {
    Integer known = ids.get(chain.get(0));
    return known == null || chains[known] == null ? internNew(chain) : chains[known];
  }

  private int[] internNew(List<String> chain) {
    if (chain.size() != hierarchy.levels()) {
      throw otherHierarchy();
    }
    int[] numbers = new int[chain.size()];
    for (int level = chain.size() - 1; level >= 0; level--) {
      int height = chain.lastIndexOf(chain.get(level));
      numbers[level] = number(chain.get(level), height);
      if (height == level && lineages.get(numbers[level]).length == 0) {
        lineages.set(numbers[level], Arrays.copyOfRange(numbers, level, numbers.length));
      }
    }
    chains[numbers[0]] = numbers;
    return numbers;
  }

  /**
   * @param lineage a label at its height and the labels above it, up to the root
   * @return the label's number
   */
  int internLineage(List<String> lineage) {
    int top = hierarchy.levels() - 1;
    int[] numbers = new int[lineage.size()];
    for (int i = lineage.size() - 1; i >= 0; i--) {
      int level = top - (lineage.size() - 1 - i);
      if (level < 0) {
        throw otherHierarchy();
      }
      numbers[i] =
          number(lineage.get(i), top - (lineage.size() - 1 - lineage.lastIndexOf(lineage.get(i))));
      if (lineages.get(numbers[i]).length == 0) {
        lineages.set(numbers[i], Arrays.copyOfRange(numbers, i, numbers.length));
      }
    }
    return numbers[0];
  }

  private int number(String label, int height) {
    Integer known = ids.get(label);
    if (known != null) {
      return known;
    }
    if (texts.size() == losses.length) {
      losses = Arrays.copyOf(losses, 2 * losses.length);
      chains = Arrays.copyOf(chains, losses.length);
    }
    losses[texts.size()] = lossOf(label, height);
    texts.add(label);
    lineages.add(new int[0]);
    ids.put(label, texts.size() - 1);
    return texts.size() - 1;
  }

  private double lossOf(String label, int height) {
    try {
      return hierarchy.loss(label, height);
    } catch (IllegalArgumentException e) {
      throw otherHierarchy();
    }
  }

  private static InputException otherHierarchy() {
    return new InputException(
        "stored cells are of other hierarchies than the config's: undo the change of hierarchies, or"
            + " reset the anonymizer's state once the running epoch is over");
  }

  int root() {
    return root;
  }

  String text(int label) {
    return texts.get(label);
  }

  double loss(int label) {
    return losses[label];
  }

  /** The label itself and those above it. */
  int[] lineage(int label) {
    return lineages.get(label);
  }

  /** The same as texts. */
  List<String> lineageTexts(int label) {
    return lineageTexts.computeIfAbsent(label, l -> texts(lineage(l)));
  }

  /** The labels of all levels of whoever is known by this label alone; not to be changed. */
  int[] chain(int label) {
    if (chains[label] == null) {
      int[] lineage = lineage(label);
      int[] chain = new int[hierarchy.levels()];
      Arrays.fill(chain, label);
      System.arraycopy(lineage, 0, chain, chain.length - lineage.length, lineage.length);
      chains[label] = chain;
    }
    return chains[label];
  }

  /** The same as texts. */
  List<String> chainTexts(int label) {
    return chainTexts.computeIfAbsent(label, l -> texts(chain(l)));
  }

  private List<String> texts(int[] labels) {
    return Arrays.stream(labels).mapToObj(texts::get).toList();
  }

  int height(int label) {
    return hierarchy.levels() - lineages.get(label).length;
  }

  /** The number of a label seen before. */
  int number(String label) {
    Integer known = ids.get(label);
    if (known == null) {
      throw otherHierarchy();
    }
    return known;
  }
}
