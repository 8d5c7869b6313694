// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open cells of an epoch. They stand on few distinct combinations of levels, so that all open
 * cells that cover an event are found by one look-up for each combination.
 */
final class OpenCells {
  private static final double UNITS = 1e9;

  private final Map<Tuple, OpenCell> byLabels = new HashMap<>();
  private final Set<Tuple> levels = new LinkedHashSet<>();
  private long lossSum;

  void add(OpenCell cell) {
    byLabels.put(cell.labels(), cell);
    levels.add(new Tuple(cell.levels()));
    lossSum += rounded(cell);
  }

  /**
   * The nearest cell, when it loses so little beside the epoch's others that waiting for a finer
   * one is not worth the delay: at most 11/20 of the mean. On the test data sets this releases far
   * more at once at about the loss of waiting.
   */
  Optional<OpenCell> fine(View view, Predicate<OpenCell> admits) {
    double limit = 0.55 * mean() * view.chains().length;
    return nearest(view, limit + 2 * view.chains().length / UNITS, admits).filter(this::isFine);
  }

  /** Counted in integers, so that it does not depend on the order in which cells were opened. */
  private boolean isFine(OpenCell cell) {
    return rounded(cell) * byLabels.size() * 20 <= lossSum * 11;
  }

  /**
   * What a new cell may lose at most, beside an open one that would take the event. A new cell
   * takes k people of those who wait, the open one takes one, and the fewer wait, the coarser the
   * cells that follow: so a new cell is charged the loss of all k, and the open one that of the one
   * person and what the others may expect elsewhere, 4/5 of the epoch's mean each.
   *
   * @param open the loss of the open cell, summed over the quasi-identifiers
   * @param k how many people open a cell
   * @param quasiIdentifiers how many there are
   * @return the loss that a new cell must stay under, summed alike, at most that of the open one
   */
  double worthOpening(double open, int k, int quasiIdentifiers) {
    double elsewhere = 0.8 * mean() * quasiIdentifiers;
    return Math.min(open, (open + (k - 1) * elsewhere) / k);
  }

  private double mean() {
    return byLabels.isEmpty() ? 0 : lossSum / (UNITS * byLabels.size());
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
    return nearest(view, Double.POSITIVE_INFINITY, admits);
  }

  private Optional<OpenCell> nearest(View view, double below, Predicate<OpenCell> admits) {
    Optional<OpenCell> best = Optional.empty();
    double bestLoss = below;
    int[] bestLevels = {};
    for (Tuple candidate : levels) {
      int[] at = candidate.items();
      double loss = view.lossUpTo(at, bestLoss);
      boolean better = loss < bestLoss || (loss == bestLoss && Arrays.compare(at, bestLevels) < 0);
      if (better && view.isAboveBase(at)) {
        OpenCell cell = byLabels.get(Tuple.at(view.chains(), at));
        if (cell != null && Arrays.equals(cell.levels(), at) && admits.test(cell)) {
          best = Optional.of(cell);
          bestLoss = loss;
          bestLevels = at;
        }
      }
    }
    return best;
  }
}
