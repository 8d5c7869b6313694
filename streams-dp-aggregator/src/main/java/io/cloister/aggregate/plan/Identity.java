// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Builds the name of a thing out of parts, each with its length before it, so that no two lists of
 * parts give the same bytes and none is another's prefix in disguise.
 */
public final class Identity {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * @param part the next part
   * @return this
   */
  public Identity add(byte[] part) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
    bytes.writeBytes(part);
    return this;
  }

  /**
   * @param part the next part
   * @return this
   */
  public Identity add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param part the next part
   * @return this
   */
  public Identity add(long part) {
    return add(ByteBuffer.allocate(8).putLong(part).array());
  }

  /**
   * @param part the next part
   * @return this
   */
  public Identity add(BigInteger part) {
    return add(part.toByteArray());
  }

  /**
   * @return all parts so far
   */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
