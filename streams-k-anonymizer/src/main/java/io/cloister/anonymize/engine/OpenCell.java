// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/** A cell that k distinct people have opened: whoever it covers may follow. */
final class OpenCell {
  private final Tuple labels;
  private final int[] levels;
  private final List<String> texts;
  private final List<List<String>> lineages;
  private final double loss;

  OpenCell(Tuple labels, int[] levels, List<List<String>> lineages, double loss) {
    this.labels = labels;
    this.levels = levels;
    this.texts = lineages.stream().map(lineage -> lineage.get(0)).toList();
    this.lineages = lineages;
    this.loss = loss;
  }

  Tuple labels() {
    return labels;
  }

  /** The heights of the labels. */
  int[] levels() {
    return levels;
  }

  List<String> texts() {
    return texts;
  }

  /** For each quasi-identifier the cell's label and those above it, up to the root. */
  List<List<String>> lineages() {
    return lineages;
  }

  /** Mean loss over the quasi-identifiers. */
  double loss() {
    return loss;
  }

  boolean covers(int[][] chains) {
    for (int q = 0; q < levels.length; q++) {
      if (chains[q][levels[q]] != labels.get(q)) {
        return false;
      }
    }
    return true;
  }

  /** The same, of labels as text. */
  boolean covers(List<List<String>> chains) {
    for (int q = 0; q < levels.length; q++) {
      List<String> chain = chains.get(q);
      if (levels[q] >= chain.size() || !chain.get(levels[q]).equals(texts.get(q))) {
        return false;
      }
    }
    return true;
  }
}
