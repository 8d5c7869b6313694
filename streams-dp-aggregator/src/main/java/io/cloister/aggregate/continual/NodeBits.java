// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.RandomBits;

/**
 * Random bits by identity. Asked again for a node, it gives the same bits from their start.
 * Different nodes, counters and groups have independent bits.
 */
@FunctionalInterface
public interface NodeBits {
  /**
   * @param level which level of the counter's structure, from 0
   * @param index which node of the level, from 0
   * @return the node's bits
   */
  RandomBits of(int level, long index);
}
