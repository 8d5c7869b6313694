// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.ledger.LedgerEntry;

/** What the releaser lets out, in the order in which it is to be written. */
public sealed interface Published {
  /**
   * One record for one consumer: a value, the close of a release, or a refusal.
   *
   * @param consumer who receives it
   * @param query which query it answers
   * @param content the record
   */
  record Answer(String consumer, String query, ObjectNode content) implements Published {}

  /**
   * One record for the ledger topic.
   *
   * @param entry the entry
   */
  record Entry(LedgerEntry entry) implements Published {}
}
