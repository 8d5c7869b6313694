// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import java.util.List;

/** What the ledger topic holds, for a releaser whose own store may lack some of it. */
public interface LedgerHistory {
  /**
   * @return every entry ever committed, oldest first
   * @throws io.cloister.common.error.EnvironmentException when the topic cannot be read to its end
   */
  List<LedgerEntry> readAll();
}
