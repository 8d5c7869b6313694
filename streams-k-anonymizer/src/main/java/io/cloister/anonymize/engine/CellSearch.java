// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Optional;

/** Finds where an event can be released together with others that wait. */
interface CellSearch {
  /**
   * @param settings what the engines that share it have to hold to
   * @return a search for use by one thread; exact where that is feasible
   */
  static CellSearch of(EngineSettings settings) {
    return LatticeSearch.fits(settings) ? new LatticeSearch(settings) : new GreedySearch(settings);
  }

  /**
   * @param view the event's ancestors
   * @param event the event; its person counts once
   * @param epoch the people without a class, and the conditions on sensitive values
   * @param below the loss that an answer must stay under
   * @return the levels of the cell of least loss that k distinct people, the event's and others of
   *     those who wait, can open by the conditions on sensitive values; never the all-root one
   */
  Optional<int[]> find(View view, HeldEvent event, EpochState epoch, double below);
}
