// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import java.util.Arrays;

/**
 * Reads the primitive values of Avro's binary encoding (Avro specification 1.12, "Binary Encoding")
 * from one record. Avro's own decoder allocates what a length claims before it looks whether the
 * bytes are there; here nothing is larger than the bytes left.
 */
final class AvroInput {
  private final byte[] bytes;
  private int at;

  AvroInput(byte[] bytes, int start) {
    this.bytes = bytes;
    this.at = start;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  boolean readBoolean() throws UntreatableRecordException {
    byte value = bytes[advance(1)];
    if (value != 0 && value != 1) {
      throw malformed();
    }
    return value == 1;
  }

  int readInt() throws UntreatableRecordException {
    long value = readLong();
    if (value != (int) value) {
      throw malformed();
    }
    return (int) value;
  }

  /** Zigzag, seven bits a byte, lowest first. */
  long readLong() throws UntreatableRecordException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      long bits = next & 0x7F;
      if (shift == 63 && bits > 1) {
        throw malformed();
      }
      value |= bits << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed();
  }

  float readFloat() throws UntreatableRecordException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  double readDouble() throws UntreatableRecordException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  byte[] readBytes() throws UntreatableRecordException {
    return readFixed(readLength());
  }

  byte[] readFixed(int length) throws UntreatableRecordException {
    int start = advance(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  String readString() throws UntreatableRecordException {
    int length = readLength();
    return Utf8.decode(bytes, advance(length), length);
  }

  /**
   * Starts a block of an array or map.
   *
   * @return how many items follow, 0 at the end; a claim, which only reading proves
   */
  long readBlockCount() throws UntreatableRecordException {
    long count = readLong();
    if (count >= 0) {
      return count;
    }
    // A negative count is followed by the block's size, for readers that skip it.
    if (count == Long.MIN_VALUE || readLong() < 0) {
      throw malformed();
    }
    return -count;
  }

  private int readLength() throws UntreatableRecordException {
    long length = readLong();
    if (length < 0 || length > bytes.length - at) {
      throw malformed();
    }
    return (int) length;
  }

  private long littleEndian(int size) throws UntreatableRecordException {
    int start = advance(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  private int advance(int length) throws UntreatableRecordException {
    if (length > bytes.length - at) {
      throw malformed();
    }
    int start = at;
    at += length;
    return start;
  }

  private static UntreatableRecordException malformed() {
    return new UntreatableRecordException(FailureKind.MALFORMED);
  }
}
