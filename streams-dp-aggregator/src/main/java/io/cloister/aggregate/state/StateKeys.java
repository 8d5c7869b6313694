// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.state;

import java.nio.ByteBuffer;

/** Layout of the keys that begin with a query and a window, sorted by both. */
public final class StateKeys {
  private StateKeys() {}

  /**
   * @param query digest of a query
   * @param window a window
   * @param rest what tells entries of one window apart; empty for the prefix of all of them
   * @return the key
   */
  public static byte[] of(byte[] query, long window, byte[] rest) {
    return ByteBuffer.allocate(query.length + 8 + rest.length)
        .put(query)
        // With the sign flipped, the unsigned order of bytes is the order of numbers.
        .putLong(window ^ Long.MIN_VALUE)
        .put(rest)
        .array();
  }

  /**
   * @param number any number
   * @return its four bytes
   */
  public static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}
