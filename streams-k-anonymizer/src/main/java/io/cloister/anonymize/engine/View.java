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
  private final int[] roots;

  private View(int[][] chains, double[][] losses, int[] base, int[] roots) {
    this.chains = chains;
    this.losses = losses;
    this.base = base;
    this.roots = roots;
  }

  static View of(LabelTree[] trees, int[][] chains, int[] base) {
    double[][] losses = new double[chains.length][];
    int[] roots = new int[chains.length];
    for (int q = 0; q < chains.length; q++) {
      losses[q] = new double[chains[q].length];
      roots[q] = chains[q].length;
      for (int level = chains[q].length - 1; level >= 0; level--) {
        losses[q][level] = trees[q].loss(chains[q][level]);
        if (chains[q][level] == trees[q].root()) {
          roots[q] = level;
        }
      }
    }
    return new View(chains, losses, base, roots);
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

  /** The sum over the quasi-identifiers, always added in the same order, so that sums compare. */
  double loss(int[] levels) {
    double sum = 0;
    for (int q = 0; q < levels.length; q++) {
      sum += losses[q][levels[q]];
    }
    return sum;
  }

  /** The same, but given up as soon as it exceeds a limit: then it is some sum above the limit. */
  double lossUpTo(int[] levels, double limit) {
    double sum = 0;
    for (int q = 0; q < levels.length && sum <= limit; q++) {
      sum += losses[q][levels[q]];
    }
    return sum;
  }

  boolean isAboveBase(int[] levels) {
    return below(base, levels);
  }

  /** Whether nothing would be left of the event. */
  boolean isAllRoot(int[] levels) {
    return below(roots, levels);
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

  /** The highest levels with the same labels: those whom a missing value keeps apart meet there. */
  int[] raised(int[] levels) {
    int[] raised = levels.clone();
    for (int q = 0; q < raised.length; q++) {
      while (raised[q] + 1 < chains[q].length && chains[q][raised[q] + 1] == chains[q][raised[q]]) {
        raised[q]++;
      }
    }
    return raised;
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
