// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.List;

/**
 * One event on its way to release. Its text does not hold the event's content.
 *
 * @param person whom it is about
 * @param epoch the number of the epoch that it belongs to
 * @param oldestOpen the oldest epoch that is still open once this event has been seen, at most
 *     {@code epoch}
 * @param chains the labels of each quasi-identifier, from level 0 to the root
 * @param sensitive the values of the fields with conditions on their diversity, in a text that is
 *     the same for equal ones, "" where missing
 * @param payload carried along
 * @param arrival when it came, in ticks: milliseconds on a topic, rows in a file
 * @param deadline when it must have been decided, in ticks
 */
public record Event(
    String person,
    long epoch,
    long oldestOpen,
    List<List<String>> chains,
    List<String> sensitive,
    Payload payload,
    long arrival,
    long deadline) {
  /** Whether nothing is known of it that a cell could tell. */
  boolean isUnknown() {
    for (int q = 0; q < chains.size(); q++) {
      if (!chains.get(q).get(0).equals(Hierarchy.ROOT)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Event[epoch=" + epoch + ", arrival=" + arrival + ", deadline=" + deadline + "]";
  }
}
