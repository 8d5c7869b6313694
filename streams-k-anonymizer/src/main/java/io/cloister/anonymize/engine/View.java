// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * The ancestors that one event may be released in: every combination of levels at or above a base.
 * The base is level 0, or, for a person who has a class, where the event's labels meet the class.
 */
final class View {
  private final int[][] chains;
  private final double[][] losses;
  private final int[] base;

  private View(int[][] chains, double[][] losses, int[] base) {
    this.chains = chains;
    this.losses = losses;
    this.base = base;
  }

  static View of(LabelTree[] trees, int[][] chains, int[] base) {
    double[][] losses = new double[chains.length][];
    for (int q = 0; q < chains.length; q++) {
      losses[q] = new double[chains[q].length];
      for (int level = chains[q].length - 1; level >= 0; level--) {
        losses[q][level] = trees[q].loss(chains[q][level]);
      }
    }
    return new View(chains, losses, base);
  }

  int[][] chains() {
    return chains;
  }

  double[] losses(int q) {
    return losses[q];
  }

  int[] base() {
    return base;
  }

  /** The lowest levels at or above the base on which the event and another have the same labels. */
  int[] join(int[][] other) {
    int[] levels = base.clone();
    for (int q = 0; q < levels.length; q++) {
      while (chains[q][levels[q]] != other[q][levels[q]]) {
        levels[q]++;
      }
    }
    return levels;
  }

  /** Whether no level is above the other's. */
  static boolean below(int[] levels, int[] others) {
    for (int q = 0; q < levels.length; q++) {
      if (levels[q] > others[q]) {
        return false;
      }
    }
    return true;
  }
}
