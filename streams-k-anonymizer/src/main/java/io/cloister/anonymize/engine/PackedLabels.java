// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * Labels of level 0 in as few bytes as they need, seven bits a byte: those that an event goes by,
 * and, where they are others, its own after them.
 */
final class PackedLabels {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private PackedLabels() {}

  /**
   * @param by the labels that the event goes by
   * @param own its own
   */
  static byte[] of(int[] by, int[] own) {
    boolean same = java.util.Arrays.equals(by, own);
    byte[] packed = new byte[length(by) + (same ? 0 : length(own))];
    int end = write(by, packed, 0);
    if (!same) {
      write(own, packed, end);
    }
    return packed;
  }

  /** The first so many labels: those that the event goes by. */
  static int[] by(byte[] packed, int count) {
    int[] labels = new int[count];
    read(packed, 0, labels);
    return labels;
  }

  /** The event's own labels. */
  static int[] own(byte[] packed, int count) {
    int[] labels = new int[count];
    int end = read(packed, 0, labels);
    if (end < packed.length) {
      read(packed, end, labels);
    }
    return labels;
  }

  /** Whether these are the labels that the event goes by. */
  static boolean goesBy(byte[] packed, Tuple labels) {
    int at = 0;
    for (int q = 0; q < labels.items().length; q++) {
      int left = labels.get(q);
      while (left >= MORE) {
        if (packed[at++] != (byte) (left | MORE)) {
          return false;
        }
        left >>>= BITS;
      }
      if (packed[at++] != (byte) left) {
        return false;
      }
    }
    return true;
  }

  private static int length(int[] labels) {
    int length = 0;
    for (int label : labels) {
      for (int left = label; left >= MORE; left >>>= BITS) {
        length++;
      }
      length++;
    }
    return length;
  }

  private static int write(int[] labels, byte[] packed, int from) {
    int at = from;
    for (int label : labels) {
      int left = label;
      for (; left >= MORE; left >>>= BITS) {
        packed[at++] = (byte) (left | MORE);
      }
      packed[at++] = (byte) left;
    }
    return at;
  }

  private static int read(byte[] packed, int from, int[] labels) {
    int at = from;
    for (int q = 0; q < labels.length; q++) {
      int label = packed[at] & (MORE - 1);
      for (int shift = BITS; packed[at] < 0; shift += BITS) {
        at++;
        label |= (packed[at] & (MORE - 1)) << shift;
      }
      at++;
      labels[q] = label;
    }
    return at;
  }
}
