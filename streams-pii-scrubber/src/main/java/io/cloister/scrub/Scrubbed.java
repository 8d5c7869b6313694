// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A treated record. Its text does not hold the record's content.
 *
 * @param person the join pseudonym: the token of the subject
 * @param time when the event happened
 * @param tree what is passed on, the event time included
 */
public record Scrubbed(String person, Instant time, ObjectNode tree) {
  @Override
  public String toString() {
    return "Scrubbed[...]";
  }
}
