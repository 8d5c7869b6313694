// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * What the engine carries along with an event and never looks at: two are the same when they are
 * the same array. Its text holds no content.
 */
public final class Payload {
  private final byte[] bytes;

  /**
   * @param bytes the content, not to be changed afterwards
   */
  public Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @return the content, not to be changed
   */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && bytes == payload.bytes;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(bytes);
  }

  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
