// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import java.util.Map;
import java.util.TreeMap;

/** How many rows came between a row and its release, for each row that was released. */
final class Holds {
  private final TreeMap<Long, Long> rowsByHold = new TreeMap<>();
  private long rows;

  void add(long hold) {
    rowsByHold.merge(hold, 1L, Long::sum);
    rows++;
  }

  /** The hold that the given share of rows does not exceed; 0 when none was released. */
  long quantile(double share) {
    long index = Math.min(rows - 1, (long) (share * rows));
    for (Map.Entry<Long, Long> entry : rowsByHold.entrySet()) {
      index -= entry.getValue();
      if (index < 0) {
        return entry.getKey();
      }
    }
    return 0;
  }

  long longest() {
    return rows == 0 ? 0 : rowsByHold.lastKey();
  }
}
