// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;

/** A tuple of small numbers as a key: the labels of a cell, or the levels that they stand on. */
final class Tuple {
  private final int[] items;
  private final int hash;

  /** Takes over the array. */
  Tuple(int[] items) {
    this.items = items;
    this.hash = Arrays.hashCode(items);
  }

  /** The labels at the given levels of the chains. */
  static Tuple at(int[][] chains, int[] levels) {
    int[] labels = new int[levels.length];
    for (int q = 0; q < labels.length; q++) {
      labels[q] = chains[q][levels[q]];
    }
    return new Tuple(labels);
  }

  int get(int index) {
    return items[index];
  }

  int[] items() {
    return items;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple tuple && hash == tuple.hash && Arrays.equals(items, tuple.items);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
