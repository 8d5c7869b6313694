// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes length-prefixed parts, so that no two sequences of parts give the same bytes. */
final class BytesWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  BytesWriter octet(int value) {
    out.write(value);
    return this;
  }

  BytesWriter number(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  /** Written so that the order of the bytes is the order of the numbers. */
  BytesWriter ordered(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array());
    return this;
  }

  BytesWriter bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
    return this;
  }

  BytesWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  BytesWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
