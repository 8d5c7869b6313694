// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open cells of an epoch. They stand on few distinct combinations of levels, so that all open
 * cells that cover an event are found by one look-up for each combination.
 */
final class OpenCells {
  private final Map<Tuple, OpenCell> byLabels = new HashMap<>();
  private final Set<Tuple> levels = new LinkedHashSet<>();
  private long lossSum;

  void add(OpenCell cell) {
    byLabels.put(cell.labels(), cell);
    levels.add(new Tuple(cell.levels()));
    lossSum += rounded(cell);
  }

  /**
   * Whether a cell loses so little, beside the epoch's others, that waiting for a finer one is not
   * worth the delay: at most 3/5 of the mean. On the test data sets this releases far more at once
   * at about the loss of waiting. Counted in integers, so that it does not depend on the order in
   * which the cells were opened.
   */
  boolean isFine(OpenCell cell) {
    return rounded(cell) * byLabels.size() * 5 <= lossSum * 3;
  }

  private static long rounded(OpenCell cell) {
    return Math.round(cell.loss() * 1e9);
  }

  Optional<OpenCell> get(Tuple labels) {
    return Optional.ofNullable(byLabels.get(labels));
  }

  Collection<OpenCell> all() {
    return byLabels.values();
  }

  /**
   * @param view an event
   * @return the open cell of least loss that covers the event and stands on no level below the
   *     view's base
   */
  Optional<OpenCell> nearest(View view) {
    Optional<OpenCell> best = Optional.empty();
    double bestLoss = Double.POSITIVE_INFINITY;
    int[] bestLevels = {};
    for (Tuple candidate : levels) {
      int[] at = candidate.items();
      double loss = view.lossUpTo(at, bestLoss);
      boolean better = loss < bestLoss || (loss == bestLoss && Arrays.compare(at, bestLevels) < 0);
      if (better && view.isAboveBase(at)) {
        OpenCell cell = byLabels.get(Tuple.at(view.chains(), at));
        if (cell != null && Arrays.equals(cell.levels(), at)) {
          best = Optional.of(cell);
          bestLoss = loss;
          bestLevels = at;
        }
      }
    }
    return best;
  }
}
