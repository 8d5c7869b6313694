// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.DerivedBits;
import io.cloister.aggregate.noise.RandomBits;
import java.nio.ByteBuffer;

/**
 * Random bits by identity. Asked again for a node, it gives the same bits from their start.
 * Different nodes, counters and groups have independent bits.
 */
@FunctionalInterface
public interface NodeBits {
  /**
   * @param level which level of the counter's structure, from 0
   * @param index which node of the level, from 0
   * @return the node's bits, to be used up before another node is asked for
   */
  RandomBits of(int level, long index);

  /**
   * @param bits bits by name
   * @param counter the identity of this counter and group, {@link ContinualCounter#parameters}
   *     included
   * @return bits whose names are the counter's identity with its length before it, level and index
   */
  static NodeBits derived(DerivedBits bits, byte[] counter) {
    byte[] prefix =
        ByteBuffer.allocate(Integer.BYTES + counter.length)
            .putInt(counter.length)
            .put(counter)
            .array();
    return (level, index) ->
        bits.of(
            ByteBuffer.allocate(prefix.length + Integer.BYTES + Long.BYTES)
                .put(prefix)
                .putInt(level)
                .putLong(index)
                .array());
  }
}
