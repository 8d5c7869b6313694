// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.HashSet;
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
  private final int k;
  private final List<Integer> diversities;

  GreedySearch(EngineSettings settings) {
    this.k = settings.k();
    this.diversities = settings.diversities();
  }

  @Override
  public Optional<int[]> find(View view, HeldEvent event, Waiting waiting, double below) {
    if (waiting.people() < k - 1) {
      return Optional.empty();
    }
    int[] levels = view.base().clone();
    Set<Member> people = new LinkedHashSet<>();
    people.add(event.member());
    List<LeafGroup> left = new ArrayList<>(waiting.groups());
    List<Set<String>> values = new ArrayList<>();
    diversities.forEach(l -> values.add(new HashSet<>()));
    Opening.addValues(values, event);
    while (people.size() < k || !Opening.isDiverse(values, diversities)) {
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
        Opening.addValues(values, held);
      }
    }
    return view.isAllRoot(levels) ? Optional.empty() : Optional.of(levels);
  }

  private static int[] max(int[] a, int[] b) {
    int[] max = a.clone();
    for (int q = 0; q < max.length; q++) {
      max[q] = Math.max(max[q], b[q]);
    }
    return max;
  }
}
