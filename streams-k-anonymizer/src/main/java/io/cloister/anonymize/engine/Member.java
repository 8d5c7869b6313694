// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person in an epoch: the class, once there is one, and the events that wait. */
final class Member {
  private final byte[] name;
  private @Nullable Holding held;
  private @Nullable OpenCell cell;

  /** What waits: of nearly everybody nothing or one event, which then is in no list. */
  sealed interface Holding permits HeldEvent, Several {}

  /** In the order of arrival. */
  private record Several(List<HeldEvent> events) implements Holding {}

  Member(String person) {
    this.name = CompactText.of(person);
  }

  String person() {
    return CompactText.text(name);
  }

  boolean isNamed(String person) {
    return CompactText.isSame(name, person);
  }

  /** That of the name as a text. */
  int hash() {
    return CompactText.hash(name);
  }

  Optional<OpenCell> cell() {
    return Optional.ofNullable(cell);
  }

  /** The same, for where nothing may be allocated. */
  @Nullable OpenCell cellOrNull() {
    return cell;
  }

  void settle(OpenCell in) {
    cell = in;
  }

  boolean waits() {
    return held != null;
  }

  /** In the order of arrival. */
  List<HeldEvent> held() {
    if (held instanceof Several several) {
      return Collections.unmodifiableList(several.events());
    }
    return held instanceof HeldEvent one ? List.of(one) : List.of();
  }

  /** Adds an event before those that came after it. */
  void add(HeldEvent event) {
    if (held == null) {
      held = event;
      return;
    }
    List<HeldEvent> events =
        held instanceof Several several ? several.events() : new ArrayList<>(held());
    int place = events.size();
    while (place > 0 && events.get(place - 1).sequence() > event.sequence()) {
      place--;
    }
    events.add(place, event);
    held = new Several(events);
  }

  void remove(HeldEvent event) {
    if (held == event) {
      held = null;
    } else if (held instanceof Several several) {
      several.events().remove(event);
      if (several.events().size() == 1) {
        held = several.events().get(0);
      }
    }
  }
}
