// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;

/**
 * What one person has contributed to one query and window so far: group and count, in order of
 * first arrival. Its text holds none of it.
 */
final class Contributions {
  private static final byte VERSION = 1;
  private static final int ENTRY = 8;

  /** What becomes of one more contribution. */
  enum Verdict {
    /** It counts. */
    COUNTED,
    /** It is beyond the person's bounds. */
    OUT_OF_BOUNDS,
    /** It says what was counted already. */
    NOTHING_NEW
  }

  private byte[] bytes;

  private Contributions(byte[] bytes) {
    this.bytes = bytes;
  }

  static Contributions none() {
    return new Contributions(new byte[] {VERSION});
  }

  static Contributions fromBytes(byte[] bytes) {
    if (bytes.length % ENTRY != 1 || bytes[0] != VERSION) {
      throw new BugException("contributions of an unknown version");
    }
    return new Contributions(bytes.clone());
  }

  byte[] toBytes() {
    return bytes;
  }

  /** First come, first served: depends on this person's own records alone. */
  Verdict add(int group, int groupsPerPerson, int contributionsPerGroup, boolean once) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    for (int at = 1; at < bytes.length; at += ENTRY) {
      if (view.getInt(at) == group) {
        int count = view.getInt(at + 4);
        if (once) {
          return Verdict.NOTHING_NEW;
        }
        if (count >= contributionsPerGroup) {
          return Verdict.OUT_OF_BOUNDS;
        }
        view.putInt(at + 4, count + 1);
        return Verdict.COUNTED;
      }
    }
    if (bytes.length / ENTRY >= groupsPerPerson) {
      return Verdict.OUT_OF_BOUNDS;
    }
    bytes = ByteBuffer.allocate(bytes.length + ENTRY).put(bytes).putInt(group).putInt(1).array();
    return Verdict.COUNTED;
  }
}
