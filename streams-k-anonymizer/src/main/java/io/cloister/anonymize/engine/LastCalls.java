// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The events that have not been told yet that it is time to leave for the second chance. Without a
 * second chance nobody ever is, and nothing is kept.
 */
final class LastCalls {
  private final OptionalLong reserve;
  private final TreeSet<HeldEvent> events = new TreeSet<>(AnonymizationEngine.BY_DEADLINE);

  private LastCalls(OptionalLong reserve) {
    this.reserve = reserve;
  }

  static LastCalls none() {
    return new LastCalls(OptionalLong.empty());
  }

  /**
   * @param reserve how long before its deadline an event leaves, in ticks
   */
  static LastCalls before(long reserve) {
    return new LastCalls(OptionalLong.of(reserve));
  }

  boolean areGiven() {
    return reserve.isPresent();
  }

  void add(HeldEvent event) {
    if (reserve.isPresent()) {
      events.add(event);
    }
  }

  void remove(HeldEvent event) {
    events.remove(event);
  }

  /** When the next event is to be told, in ticks; the last tick of all when none is. */
  long next() {
    return events.isEmpty()
        ? Long.MAX_VALUE
        : events.first().event().deadline() - reserve.getAsLong();
  }

  HeldEvent poll() {
    HeldEvent first = events.first();
    events.remove(first);
    return first;
  }
}
