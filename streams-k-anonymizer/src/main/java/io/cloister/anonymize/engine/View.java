// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * The ancestors that one event may be released in: every combination of levels at or above a base.
 * The base is level 0, or, for a person who has a class, where the event's labels meet the class.
 */
final class View {
  private final LabelTree[] trees;
  private final int[][] chains;
  private final int[] base;

  /** Takes over the arrays. */
  View(LabelTree[] trees, int[][] chains, int[] base) {
    this.trees = trees;
    this.chains = chains;
    this.base = base;
  }

  int[][] chains() {
    return chains;
  }

  /** What the label on a level loses. */
  double loss(int q, int level) {
    return trees[q].loss(chains[q][level]);
  }

  int[] base() {
    return base;
  }
}
