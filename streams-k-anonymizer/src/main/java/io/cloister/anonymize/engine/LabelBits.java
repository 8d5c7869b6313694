// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;

/**
 * For each label of each quasi-identifier the set of those that stand under it, as bits: whoever is
 * under several labels at once is found by intersecting a few words.
 */
final class LabelBits {
  private final long[][][] bits;
  private final int[][] counts;
  private int words = 1;
  private long[] none = new long[1];

  LabelBits(int quasiIdentifiers) {
    this.bits = new long[quasiIdentifiers][0][];
    this.counts = new int[quasiIdentifiers][0];
  }

  /** The length of every set, in words of 64. */
  int words() {
    return words;
  }

  /** The set of a label; not to be changed. */
  long[] of(int q, int label) {
    return label < bits[q].length && bits[q][label] != null ? bits[q][label] : none;
  }

  int count(int q, int label) {
    return label < counts[q].length ? counts[q][label] : 0;
  }

  void add(int slot, int q, int label) {
    while (slot >= words * Long.SIZE) {
      grow();
    }
    if (label >= bits[q].length) {
      int size = Math.max(label + 1, 2 * bits[q].length);
      bits[q] = Arrays.copyOf(bits[q], size);
      counts[q] = Arrays.copyOf(counts[q], size);
    }
    if (bits[q][label] == null) {
      bits[q][label] = new long[words];
    }
    bits[q][label][slot >> 6] |= 1L << slot;
    counts[q][label]++;
  }

  void remove(int slot, int q, int label) {
    bits[q][label][slot >> 6] &= ~(1L << slot);
    if (--counts[q][label] == 0) {
      bits[q][label] = null;
    }
  }

  private void grow() {
    // Doubled, half the room would lie idle.
    words += 1 + words / 4;
    none = new long[words];
    for (long[][] labels : bits) {
      for (int label = 0; label < labels.length; label++) {
        if (labels[label] != null) {
          labels[label] = Arrays.copyOf(labels[label], words);
        }
      }
    }
  }
}
