// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * Walks through the cells that an event could open together with others that wait, by branch and
 * bound: a cell holds no more people than a coarser one. Finer labels come first, so that what is
 * worth much is met early. Every cell is met that the visitor may want, unless that takes more than
 * {@value #EFFORT} steps. For use by one thread.
 */
final class CellSearch {
  /** Cells, unfinished ones too, that are looked at. */
  static final int EFFORT = 4096;

  /** A set this much smaller is worth so much less that it pays to look. */
  private static final double SMALLER = 0.3;

  /** Told of the cells. */
  interface Visitor {
    /**
     * @param people some of those who wait, other than the event's own
     * @return what a cell could be worth to some of them at most, before what it loses; not more
     *     for fewer people
     */
    double worth(SlotSet people);

    /** Whether a cell of this worth and mean loss, or of more loss, can still be of interest. */
    boolean wants(double worth, double loss);

    /**
     * @param worth of those who wait, other than the event's own, and whom the cell covers: at
     *     least as many slots as asked for
     * @param loss the cell's, mean over the quasi-identifiers
     */
    void visit(double worth, double loss);
  }

  private final int width;
  private final long[][][] with;
  private final int[][] counts;
  private final int[][] levels;
  private final double[][] losses;
  private final int[] finest;
  private final int[] order;
  private final int[] at;
  private final SlotSet[] sets;
  private final int[] sizes;
  private final double[] worths;
  private int others;
  private int steps;
  private long work;

  CellSearch(EngineSettings settings) {
    this.width = settings.hierarchies().size();
    this.with = new long[width][][];
    this.counts = new int[width][];
    this.levels = new int[width][];
    this.losses = new double[width][];
    for (int q = 0; q < width; q++) {
      int size = settings.hierarchies().get(q).levels();
      with[q] = new long[size][];
      counts[q] = new int[size];
      levels[q] = new int[size];
      losses[q] = new double[size];
    }
    this.finest = new int[width];
    this.order = new int[width];
    this.at = new int[width];
    this.sets = new SlotSet[width + 1];
    for (int depth = 0; depth <= width; depth++) {
      sets[depth] = new SlotSet();
    }
    this.sizes = new int[width + 1];
    this.worths = new double[width + 1];
  }

  /**
   * @param view the event's ancestors
   * @param own who is not counted: the event's own person
   * @param index who waits
   * @param atLeast how many others a cell must hold
   * @param visitor told of cells
   */
  void walk(View view, Member own, WaitingIndex index, int atLeast, Visitor visitor) {
    this.others = atLeast;
    this.steps = 0;
    sets[0].copy(index.all(), index.usedWords());
    for (HeldEvent held : own.held()) {
      if (held.slot() != HeldEvent.NO_SLOT) {
        sets[0].remove(held.slot());
      }
    }
    sizes[0] = sets[0].count();
    work += sets[0].words();
    if (sizes[0] >= others) {
      double least = prepare(view, index.bits());
      worths[0] = visitor.worth(sets[0]);
      descend(0, 0, least, visitor);
    }
  }

  /** How many words have been looked at so far, in all walks. */
  long work() {
    return work;
  }

  /** Where the cell that is being visited stands. */
  int[] levels() {
    int[] chosen = new int[width];
    for (int q = 0; q < width; q++) {
      chosen[q] = levels[q][at[q]];
    }
    return chosen;
  }

  /**
   * Lists each quasi-identifier's labels from the root to the finest that covers enough people. The
   * one whose finest label fewest have comes first, since it leaves least to look at.
   *
   * @return what any cell loses at least
   */
  private double prepare(View view, LabelBits bits) {
    double least = 0;
    for (int q = 0; q < width; q++) {
      int[] chain = view.chains()[q];
      int n = 0;
      for (int level = chain.length - 1; level >= view.base()[q]; level--) {
        int count = bits.count(q, chain[level]);
        if (n > 0 && count < others) {
          break;
        }
        int place = n > 0 && chain[levels[q][n - 1]] == chain[level] ? n - 1 : n++;
        with[q][place] = bits.of(q, chain[level]);
        counts[q][place] = count;
        levels[q][place] = level;
        losses[q][place] = view.loss(q, level) / width;
      }
      finest[q] = n - 1;
      least += losses[q][n - 1];
      int place = q;
      while (place > 0 && isBefore(q, order[place - 1])) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = q;
    }
    return least;
  }

  private boolean isBefore(int q, int other) {
    return counts[q][finest[q]] < counts[other][finest[other]];
  }

  /**
   * @param loss of the quasi-identifiers that are decided on
   * @param least what the others lose at least
   */
  private void descend(int depth, double loss, double least, Visitor visitor) {
    if (depth == width) {
      visit(worths[depth], loss, visitor);
      return;
    }
    int q = order[depth];
    SlotSet from = sets[depth];
    SlotSet to = sets[depth + 1];
    double rest = least - losses[q][finest[q]];
    for (int choice = finest[q]; choice >= 0 && steps < EFFORT; choice--) {
      double more = loss + losses[q][choice];
      if (!visitor.wants(worths[depth], more + rest)) {
        return;
      }
      steps++;
      work += from.words();
      int size = to.intersect(from, with[q][choice]);
      if (size >= others) {
        if (size == sizes[depth] || (depth + 1 < width && size > SMALLER * sizes[depth])) {
          sizes[depth + 1] = sizes[depth];
          worths[depth + 1] = worths[depth];
        } else {
          sizes[depth + 1] = size;
          worths[depth + 1] = visitor.worth(to);
        }
        if (visitor.wants(worths[depth + 1], more + rest)) {
          at[q] = choice;
          descend(depth + 1, more, rest, visitor);
        }
      }
    }
  }

  /** The coarsest cell of all tells nothing, and does not count as one. */
  private void visit(double worth, double loss, Visitor visitor) {
    for (int q = 0; q < width; q++) {
      if (at[q] > 0) {
        visitor.visit(worth, loss);
        return;
      }
    }
  }
}
