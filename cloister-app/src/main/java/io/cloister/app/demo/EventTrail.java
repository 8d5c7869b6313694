// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.generator.CampusEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows events by the identifier that their generator gave them, through every topic that
 * publishes it. Safe for use by several threads.
 */
final class EventTrail {
  private static final int REMEMBERED = 20_000;

  private final Map<String, String> raw = bounded();
  private final Map<String, String> scrubbed = bounded();
  private final Map<String, FollowedEvent> whole = bounded();

  synchronized void produced(CampusEvent event) {
    raw.put(event.id(), event.json());
  }

  synchronized void scrubbed(String json) {
    Optional.ofNullable(Flat.of(json).get("id")).ifPresent(id -> scrubbed.put(id, json));
  }

  /** Takes note of a released record; it completes a trail when the other two ends are known. */
  synchronized void anonymized(String json) {
    Map<String, String> released = Flat.of(json);
    String id = released.getOrDefault("id", "");
    String first = raw.get(id);
    String second = scrubbed.get(id);
    if (first != null && second != null) {
      whole.put(id, new FollowedEvent(Flat.of(first), Flat.of(second), released));
    }
  }

  /**
   * @return of the events that came all the way, the one with most to see
   */
  synchronized Optional<FollowedEvent> best() {
    return whole.values().stream().max(Comparator.comparingInt(FollowedEvent::worth));
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
