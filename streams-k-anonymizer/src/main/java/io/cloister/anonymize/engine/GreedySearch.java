// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Search for hierarchies whose combinations of levels are too many to look at each: the person who
 * raises the loss least joins next, until there are k (k-member clustering: Byun, Kamra, Bertino
 * and Li, "Efficient k-anonymization using clustering techniques", DASFAA 2007, section 4). Not
 * always the least loss.
 */
final class GreedySearch implements CellSearch {
  /** How many cells of k people or more are looked at for conditions on sensitive values. */
  private static final int TRIES = 32;

  private final int k;

  GreedySearch(EngineSettings settings) {
    this.k = settings.k();
  }

  @Override
  public Optional<int[]> find(View view, HeldEvent event, EpochState epoch, double below) {
    Waiting waiting = epoch.waiting();
    if (waiting.people() < k - 1) {
      return Optional.empty();
    }
    int[] levels = view.base().clone();
    Set<Member> people = new LinkedHashSet<>();
    people.add(event.member());
    List<LeafGroup> left = new ArrayList<>(waiting.groups());
    int tries = 0;
    while (people.size() < k || !opens(view, event, epoch, levels)) {
      if (people.size() >= k && ++tries > TRIES) {
        return Optional.empty();
      }
      LeafGroup nearest = null;
      double nearestLoss = below;
      for (LeafGroup group : left) {
        double loss = view.loss(max(levels, view.join(group.chains())));
        boolean before =
            nearest != null
                && loss == nearestLoss
                && group.held().get(0).sequence() < nearest.held().get(0).sequence();
        if (loss < nearestLoss || before) {
          nearest = group;
          nearestLoss = loss;
        }
      }
      if (nearest == null) {
        return Optional.empty();
      }
      left.remove(nearest);
      levels = max(levels, view.join(nearest.chains()));
      for (HeldEvent held : nearest.held()) {
        people.add(held.member());
      }
    }
    return view.isAllRoot(levels) ? Optional.empty() : Optional.of(levels);
  }

  private boolean opens(View view, HeldEvent event, EpochState epoch, int[] levels) {
    return epoch.conditions().none()
        || Opening.choose(view, event, epoch, view.raised(levels)).isPresent();
  }

  private static int[] max(int[] a, int[] b) {
    int[] max = a.clone();
    for (int q = 0; q < max.length; q++) {
      max[q] = Math.max(max[q], b[q]);
    }
    return max;
  }
}
