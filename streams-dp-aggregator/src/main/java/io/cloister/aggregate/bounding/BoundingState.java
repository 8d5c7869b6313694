// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.state.HeapKeyValues;
import io.cloister.aggregate.state.KeyValues;

/**
 * The state of one partition.
 *
 * @param contributions length of window, window and person to what the person has contributed
 * @param sums query, window and group to the sum so far
 * @param progress how far each query's windows are closed, and which records were seen
 */
public record BoundingState(KeyValues contributions, KeyValues sums, KeyValues progress) {
  /**
   * @return empty state on the heap
   */
  public static BoundingState onHeap() {
    return new BoundingState(new HeapKeyValues(), new HeapKeyValues(), new HeapKeyValues());
  }
}
