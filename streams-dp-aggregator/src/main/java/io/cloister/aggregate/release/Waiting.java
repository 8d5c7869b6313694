// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.TreeMap;

/** How far each partition has closed one query's windows, and which window is released next. */
final class Waiting {
  private static final byte VERSION = 1;

  private final TreeMap<Integer, Long> newest = new TreeMap<>();
  private final long floor;
  private long next = Long.MAX_VALUE;

  /**
   * @param floor windows below this one are not released
   */
  Waiting(long floor) {
    this.floor = floor;
  }

  /**
   * @return whether the partition's word is new; it closes a window once
   */
  boolean advance(int partition, long window, int partitions) {
    Long before = newest.get(partition);
    if (before != null && window <= before) {
      return false;
    }
    if (newest.size() < partitions) {
      // Nothing is released before all were heard, so the earliest window is known in time.
      next = Math.max(floor, Math.min(next, window));
    }
    newest.put(partition, window);
    return true;
  }

  boolean ready(int partitions) {
    return newest.size() >= partitions && Collections.min(newest.values()) >= next;
  }

  long next() {
    return next;
  }

  void taken() {
    next++;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + 8 + 8 + newest.size() * 12);
    bytes.put(VERSION).putLong(floor).putLong(next);
    newest.forEach((partition, window) -> bytes.putInt(partition).putLong(window));
    return bytes.array();
  }

  static Waiting fromBytes(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    if (bytes.get() != VERSION) {
      throw new BugException("a releaser's progress of an unknown version");
    }
    Waiting waiting = new Waiting(bytes.getLong());
    waiting.next = bytes.getLong();
    while (bytes.hasRemaining()) {
      waiting.newest.put(bytes.getInt(), bytes.getLong());
    }
    return waiting;
  }
}
