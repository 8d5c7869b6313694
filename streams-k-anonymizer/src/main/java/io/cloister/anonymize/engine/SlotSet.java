// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;

/**
 * A set of slots, as bits. Once it is small among many slots, only the words are kept that are not
 * zero, with their places, so that it is quickly intersected with others.
 */
final class SlotSet {
  private long[] bits = new long[1];
  private int[] places = new int[1];
  private int words;
  private boolean sparse;

  /** How many words there are. */
  int words() {
    return words;
  }

  /** The bits of a word. */
  long bits(int word) {
    return bits[word];
  }

  /** Where a word stands among those of all slots. */
  int place(int word) {
    return sparse ? places[word] : word;
  }

  /**
   * @param all the bits
   * @param used how many words of them may hold something
   */
  void copy(long[] all, int used) {
    grow(used);
    System.arraycopy(all, 0, bits, 0, used);
    words = used;
    sparse = false;
  }

  void copy(SlotSet other) {
    grow(other.words);
    System.arraycopy(other.bits, 0, bits, 0, other.words);
    words = other.words;
    sparse = other.sparse;
    if (sparse) {
      System.arraycopy(other.places, 0, places, 0, words);
    }
  }

  /** Takes a slot out of a set that was just copied from bits. */
  void remove(int slot) {
    bits[slot >> 6] &= ~(1L << slot);
  }

  int count() {
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Long.bitCount(bits[word]);
    }
    return count;
  }

  /** How many are in both. */
  int countBoth(long[] others) {
    int count = 0;
    if (sparse) {
      for (int word = 0; word < words; word++) {
        count += Long.bitCount(bits[word] & others[places[word]]);
      }
    } else {
      for (int word = 0; word < words; word++) {
        count += Long.bitCount(bits[word] & others[word]);
      }
    }
    return count;
  }

  /**
   * Becomes what is in both.
   *
   * @param from a set, may be this one
   * @return how many
   */
  int intersect(SlotSet from, long[] others) {
    grow(from.words);
    return from.sparse ? intersectSparse(from, others) : intersectDense(from, others);
  }

  private int intersectDense(SlotSet from, long[] others) {
    long[] in = from.bits;
    long[] out = bits;
    int size = from.words;
    int count = 0;
    for (int word = 0; word < size; word++) {
      long both = in[word] & others[word];
      out[word] = both;
      count += Long.bitCount(both);
    }
    words = size;
    sparse = false;
    if (size > 8 && count < size) {
      compress();
    }
    return count;
  }

  private int intersectSparse(SlotSet from, long[] others) {
    int count = 0;
    int kept = 0;
    for (int word = 0; word < from.words; word++) {
      int place = from.places[word];
      long both = from.bits[word] & others[place];
      bits[kept] = both;
      places[kept] = place;
      kept += both == 0 ? 0 : 1;
      count += Long.bitCount(both);
    }
    words = kept;
    sparse = true;
    return count;
  }

  private void compress() {
    int kept = 0;
    for (int word = 0; word < words; word++) {
      long one = bits[word];
      bits[kept] = one;
      places[kept] = word;
      kept += one == 0 ? 0 : 1;
    }
    words = kept;
    sparse = true;
  }

  private void grow(int size) {
    if (bits.length < size) {
      bits = Arrays.copyOf(bits, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
    }
  }
}
