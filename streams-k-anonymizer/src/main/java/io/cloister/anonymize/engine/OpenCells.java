// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The open cells of an epoch, by their labels. */
final class OpenCells {
  private static final double UNITS = 1e9;

  private final Map<Tuple, OpenCell> byLabels = new HashMap<>();
  private final List<OpenCell> cells = new ArrayList<>();
  private final LabelBits bits;
  private long lossSum;

  OpenCells(int quasiIdentifiers) {
    this.bits = new LabelBits(quasiIdentifiers);
  }

  void add(OpenCell cell) {
    byLabels.put(cell.labels(), cell);
    for (int q = 0; q < cell.levels().length; q++) {
      bits.add(cells.size(), q, cell.labels().get(q));
    }
    cells.add(cell);
    lossSum += rounded(cell);
  }

  /**
   * The nearest cell, when it loses so little beside the epoch's others that waiting for a finer
   * one is not worth the delay: at most 11/20 of the mean, and less where the mean is small, though
   * no less than 1/3, since the finer the cells are, the more there is to gain. On the test data
   * sets this releases up to half at once at little more than the loss of waiting.
   */
  Optional<OpenCell> fine(View view, Predicate<OpenCell> admits) {
    double mean = meanLoss();
    double limit = mean * Math.max(0.33, Math.min(0.55, 4 * mean * Math.sqrt(mean)));
    return nearest(view, admits).filter(cell -> cell.loss() <= limit);
  }

  /**
   * Summed up in integers, so that it does not depend on the order in which cells were opened.
   *
   * @return 0 without cells
   */
  double meanLoss() {
    return cells.isEmpty() ? 0 : lossSum / (UNITS * cells.size());
  }

  private static long rounded(OpenCell cell) {
    return Math.round(cell.loss() * UNITS);
  }

  Optional<OpenCell> get(Tuple labels) {
    return Optional.ofNullable(byLabels.get(labels));
  }

  Collection<OpenCell> all() {
    return byLabels.values();
  }

  /**
   * @param view an event
   * @param admits which cells may take it
   * @return of those the open cell of least loss that covers the event and stands on no level below
   *     the view's base
   */
  Optional<OpenCell> nearest(View view, Predicate<OpenCell> admits) {
    OpenCell best = null;
    for (int word = 0; word < bits.words(); word++) {
      long covering = -1;
      for (int q = 0; q < view.chains().length && covering != 0; q++) {
        long under = 0;
        int[] chain = view.chains()[q];
        for (int level = view.base()[q]; level < chain.length; level++) {
          under |= bits.of(q, chain[level])[word];
        }
        covering &= under;
      }
      for (; covering != 0; covering &= covering - 1) {
        OpenCell cell = cells.get((word << 6) | Long.numberOfTrailingZeros(covering));
        if ((best == null || isBefore(cell, best)) && admits.test(cell)) {
          best = cell;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Cells of one loss in a fixed order, not that of their opening, which a restart forgets. */
  private static boolean isBefore(OpenCell cell, OpenCell other) {
    return cell.loss() < other.loss()
        || (cell.loss() == other.loss() && Arrays.compare(cell.levels(), other.levels()) < 0);
  }
}
