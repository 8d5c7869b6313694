// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigInteger;

/**
 * The noise of one counter. Each node has one value for ever, asked for at any time and any number
 * of times, so it follows from the node's identity alone and never from a count: nodes are used
 * before they are complete. Values of different nodes, counters and groups are independent.
 */
@FunctionalInterface
public interface NodeNoise {
  /**
   * @param level which level of the counter's structure, from 0
   * @param index which node of the level, from 0
   * @return the node's noise
   */
  BigInteger of(int level, long index);
}
