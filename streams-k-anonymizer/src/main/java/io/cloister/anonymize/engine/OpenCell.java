// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/** A cell that k distinct people have opened: whoever it covers may follow. */
final class OpenCell {
  private final Tuple labels;
  private final int[] levels;
  private final List<String> texts;
  private final double loss;

  OpenCell(Tuple labels, int[] levels, List<String> texts, double loss) {
    this.labels = labels;
    this.levels = levels;
    this.texts = texts;
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
}
