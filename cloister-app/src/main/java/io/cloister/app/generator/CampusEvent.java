// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

/**
 * One raw event.
 *
 * @param id the event's identifier, unguessable for whoever does not know the seed
 * @param json the event as it is sent; not always JSON when malformed
 * @param malformed whether something was broken on purpose
 */
public record CampusEvent(String id, String json, boolean malformed) {
  /** Never the event itself: what prints an event must mean to. */
  @Override
  public String toString() {
    return "CampusEvent[malformed=" + malformed + "]";
  }
}
