// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * Walks through the cells that an event could open together with others that wait: first downhill
 * from the coarsest, each time where fewest people are lost for what is gained; then by branch and
 * bound, since a cell holds no more people than a coarser one. Every cell is met, unless that takes
 * more than {@value #EFFORT} steps. For use by one thread.
 */
final class CellSearch {
  /** Cells, unfinished ones too, that are looked at after the way downhill. */
  static final int EFFORT = 4096;

  /** Told of the cells. */
  interface Visitor {
    /** Whether a cell of this mean loss, or of more, can still be of interest. */
    boolean wants(double loss);

    /**
     * @param people those other than the event's own who wait and whom the cell covers, at least as
     *     many slots as asked for, in the words that are in use; not to be kept
     * @param loss the cell's, mean over the quasi-identifiers
     */
    void visit(long[] people, double loss);
  }

  private final int width;
  private final int[][] labels;
  private final int[][] levels;
  private final double[][] losses;
  private final int[] choices;
  private final int[] order;
  private final int[] counts;
  private final int[] at;
  private long[][] sets = new long[0][];
  private int words;
  private int others;
  private int steps;
  private LabelBits bits = new LabelBits(0);

  CellSearch(EngineSettings settings) {
    this.width = settings.hierarchies().size();
    this.labels = new int[width][];
    this.levels = new int[width][];
    this.losses = new double[width][];
    for (int q = 0; q < width; q++) {
      int size = settings.hierarchies().get(q).levels();
      labels[q] = new int[size];
      levels[q] = new int[size];
      losses[q] = new double[size];
    }
    this.choices = new int[width];
    this.order = new int[width];
    this.counts = new int[width];
    this.at = new int[width];
  }

  /**
   * @param view the event's ancestors
   * @param own who is not counted: the event's own person
   * @param index who waits
   * @param atLeast how many others a cell must hold
   * @param visitor told of cells; of some more than once
   */
  void walk(View view, Member own, WaitingIndex index, int atLeast, Visitor visitor) {
    this.others = atLeast;
    if (index.size() < others) {
      return;
    }
    prepare(view, own, index);
    downhill(visitor);
    steps = 0;
    if (visitor.wants(0)) {
      descend(0, 0, visitor);
    }
  }

  /** Where the cell that is being visited stands. */
  int[] levels() {
    int[] chosen = new int[width];
    for (int q = 0; q < width; q++) {
      chosen[q] = levels[q][at[q]];
    }
    return chosen;
  }

  private void prepare(View view, Member own, WaitingIndex index) {
    bits = index.bits();
    words = index.usedWords();
    if (sets.length == 0 || sets[0].length < words) {
      sets = new long[width + 1][index.all().length];
    }
    System.arraycopy(index.all(), 0, sets[0], 0, words);
    for (HeldEvent held : own.held()) {
      if (held.slot() != HeldEvent.NO_SLOT) {
        sets[0][held.slot() >> 6] &= ~(1L << held.slot());
      }
    }
    for (int q = 0; q < width; q++) {
      int[] chain = view.chains()[q];
      int n = 0;
      for (int level = chain.length - 1; level >= view.base()[q]; level--) {
        if (n == 0 || labels[q][n - 1] != chain[level]) {
          labels[q][n] = chain[level];
          levels[q][n] = level;
          losses[q][n] = view.loss(q, level) / width;
          n++;
        }
      }
      choices[q] = n;
      counts[q] = bits.count(q, labels[q][n - 1]);
      int place = q;
      while (place > 0 && counts[order[place - 1]] > counts[q]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = q;
    }
  }

  private void downhill(Visitor visitor) {
    long[] people = sets[1];
    System.arraycopy(sets[0], 0, people, 0, words);
    int left = count(people);
    double loss = 0;
    for (int q = 0; q < width; q++) {
      at[q] = 0;
      loss += losses[q][0];
    }
    while (left >= others) {
      visit(people, loss, visitor);
      int best = -1;
      double bestRate = -1;
      int bestLeft = 0;
      for (int q = 0; q < width; q++) {
        if (at[q] + 1 < choices[q]) {
          int with = countBoth(people, bits.of(q, labels[q][at[q] + 1]));
          if (with >= others) {
            double gained = losses[q][at[q]] - losses[q][at[q] + 1];
            double rate = (gained + 1e-6) / (Math.log((double) left / with) + 0.02);
            if (rate > bestRate) {
              best = q;
              bestRate = rate;
              bestLeft = with;
            }
          }
        }
      }
      if (best < 0) {
        return;
      }
      at[best]++;
      loss += losses[best][at[best]] - losses[best][at[best] - 1];
      long[] with = bits.of(best, labels[best][at[best]]);
      for (int word = 0; word < words; word++) {
        people[word] &= with[word];
      }
      left = bestLeft;
    }
  }

  private void descend(int depth, double loss, Visitor visitor) {
    if (depth == width) {
      visit(sets[depth], loss, visitor);
      return;
    }
    int q = order[depth];
    long[] from = sets[depth];
    long[] to = sets[depth + 1];
    for (int choice = 0; choice < choices[q] && steps < EFFORT; choice++) {
      double more = loss + losses[q][choice];
      if (visitor.wants(more)) {
        steps++;
        if (intersect(from, bits.of(q, labels[q][choice]), to, words) < others) {
          return;
        }
        at[q] = choice;
        descend(depth + 1, more, visitor);
      }
    }
  }

  /** The coarsest cell of all tells nothing, and does not count as one. */
  private void visit(long[] people, double loss, Visitor visitor) {
    for (int q = 0; q < width; q++) {
      if (at[q] > 0) {
        visitor.visit(people, loss);
        return;
      }
    }
  }

  private int count(long[] people) {
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Long.bitCount(people[word]);
    }
    return count;
  }

  private int countBoth(long[] people, long[] with) {
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Long.bitCount(people[word] & with[word]);
    }
    return count;
  }

  private static int intersect(long[] from, long[] with, long[] to, int words) {
    int count = 0;
    for (int word = 0; word < words; word++) {
      long both = from[word] & with[word];
      to[word] = both;
      count += Long.bitCount(both);
    }
    return count;
  }
}
