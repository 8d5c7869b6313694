// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BytesWriter} wrote. */
final class BytesReader {
  private final ByteBuffer in;

  BytesReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Reads a form that starts with its version. */
  static BytesReader of(byte[] bytes, int version) {
    BytesReader reader = new BytesReader(bytes);
    if (reader.octet() != version) {
      throw new BugException("stored state is of another version than this program reads");
    }
    return reader;
  }

  int octet() {
    return checked(1).get();
  }

  int number() {
    return checked(Integer.BYTES).getInt();
  }

  long ordered() {
    return checked(Long.BYTES).getLong() ^ Long.MIN_VALUE;
  }

  byte[] bytes() {
    int length = number();
    ByteBuffer from = checked(length);
    byte[] value = new byte[length];
    from.get(value);
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  List<String> texts() {
    int count = number();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(text());
    }
    return List.copyOf(values);
  }

  private ByteBuffer checked(int length) {
    if (length < 0 || in.remaining() < length) {
      throw new BugException("stored state is shorter than it says");
    }
    return in;
  }
}
