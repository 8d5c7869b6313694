// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;

/** The waiting events of people without a class that have the same labels on level 0. */
final class LeafGroup {
  private final int[][] chains;
  private final List<HeldEvent> held = new ArrayList<>(2);

  /** People who wait in this group and in no other. */
  private int singles;

  LeafGroup(int[][] chains) {
    this.chains = chains;
  }

  int[][] chains() {
    return chains;
  }

  List<HeldEvent> held() {
    return held;
  }

  /** Keeps the order of arrival: an event that goes by other labels may come after later ones. */
  void add(HeldEvent event) {
    int place = held.size();
    while (place > 0 && held.get(place - 1).sequence() > event.sequence()) {
      place--;
    }
    held.add(place, event);
  }

  int singles() {
    return singles;
  }

  void addSingles(int change) {
    singles += change;
  }

  int people() {
    return (int) held.stream().map(HeldEvent::member).distinct().count();
  }
}
