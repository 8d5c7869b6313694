// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person in an epoch: the class, once there is one, and the events that wait. */
final class Member {
  private final String person;
  private List<HeldEvent> held = List.of();
  private @Nullable OpenCell cell;

  Member(String person) {
    this.person = person;
  }

  String person() {
    return person;
  }

  Optional<OpenCell> cell() {
    return Optional.ofNullable(cell);
  }

  void settle(OpenCell in) {
    cell = in;
  }

  /** In the order of arrival. */
  List<HeldEvent> held() {
    return Collections.unmodifiableList(held);
  }

  /** Adds an event before those that came after it. */
  void add(HeldEvent event) {
    if (held.isEmpty()) {
      held = new ArrayList<>(1);
    }
    int place = held.size();
    while (place > 0 && held.get(place - 1).sequence() > event.sequence()) {
      place--;
    }
    held.add(place, event);
  }

  /** Nearly all people have a class and nothing that waits: they get by without a list. */
  void remove(HeldEvent event) {
    if (!held.isEmpty()) {
      held.remove(event);
      if (held.isEmpty()) {
        held = List.of();
      }
    }
  }
}
