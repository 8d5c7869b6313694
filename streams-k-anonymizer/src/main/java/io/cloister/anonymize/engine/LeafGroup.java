// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;

/** The waiting events of people without a class that have the same labels on level 0. */
final class LeafGroup {
  private final List<HeldEvent> held = new ArrayList<>(2);

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

  int people() {
    return (int) held.stream().map(HeldEvent::member).distinct().count();
  }
}
