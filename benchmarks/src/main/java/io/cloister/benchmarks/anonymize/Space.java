// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.List;

/**
 * The space of the quasi-identifiers, a taxonomy each. Losses are means over them.
 *
 * @param taxonomies one for each quasi-identifier
 */
record Space(List<Taxonomy> taxonomies) {
  Space {
    taxonomies = List.copyOf(taxonomies);
  }

  Taxonomy taxonomy(int index) {
    return taxonomies.get(index);
  }

  int dimensions() {
    return taxonomies.size();
  }

  /** The finest cell that covers both. */
  int[] join(int[] one, int[] other) {
    int[] joined = new int[one.length];
    for (int q = 0; q < joined.length; q++) {
      joined[q] = taxonomies.get(q).join(one[q], other[q]);
    }
    return joined;
  }

  /** What the finest cell that covers both loses. */
  double joinedLoss(int[] one, int[] other) {
    double sum = 0;
    for (int q = 0; q < one.length; q++) {
      sum += taxonomies.get(q).joinedLoss(one[q], other[q]);
    }
    return sum / one.length;
  }

  double loss(int[] cell) {
    double sum = 0;
    for (int q = 0; q < cell.length; q++) {
      sum += taxonomies.get(q).loss(cell[q]);
    }
    return sum / cell.length;
  }

  boolean covers(int[] cell, int[] leaves) {
    for (int q = 0; q < cell.length; q++) {
      if (!taxonomies.get(q).covers(cell[q], leaves[q])) {
        return false;
      }
    }
    return true;
  }

  boolean isAllRoot(int[] cell) {
    for (int q = 0; q < cell.length; q++) {
      if (!taxonomies.get(q).isRoot(cell[q])) {
        return false;
      }
    }
    return true;
  }
}
