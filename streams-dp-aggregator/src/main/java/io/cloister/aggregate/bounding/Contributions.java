// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What one person has contributed so far to one window of every query that has such a window: a
 * query's digest, then group and count in order of first arrival. In one piece, so that an event
 * costs one read and one write of state however many queries count it. Its text holds none of it.
 */
final class Contributions {
  private static final byte VERSION = 2;
  private static final int ENTRY = 8;
  private static final int HEADER = QueryDigest.BYTES + 4;
  private static final byte[] NO_HEADER = {};

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
  private boolean changed;

  private Contributions(byte[] bytes) {
    this.bytes = bytes;
  }

  static Contributions none() {
    return new Contributions(new byte[] {VERSION});
  }

  static Contributions fromBytes(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new BugException("contributions of an unknown version");
    }
    return new Contributions(bytes.clone());
  }

  byte[] toBytes() {
    return bytes;
  }

  /** Whether it says anything that it did not say when it was read. */
  boolean isChanged() {
    return changed;
  }

  boolean isEmpty() {
    return bytes.length == 1;
  }

  /** First come, first served: depends on this person's own records alone. */
  Verdict add(QueryPlan query, byte[] digest, int group) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    int part = find(view, digest);
    if (part == bytes.length) {
      insert(part, ByteBuffer.allocate(HEADER).put(digest).putInt(1).array(), group);
      return Verdict.COUNTED;
    }
    int groups = view.getInt(part + QueryDigest.BYTES);
    int end = part + HEADER + groups * ENTRY;
    for (int at = part + HEADER; at < end; at += ENTRY) {
      if (view.getInt(at) == group) {
        return again(query, view, at + 4);
      }
    }
    if (groups >= query.groupsPerPerson()) {
      return Verdict.OUT_OF_BOUNDS;
    }
    view.putInt(part + QueryDigest.BYTES, groups + 1);
    insert(end, NO_HEADER, group);
    return Verdict.COUNTED;
  }

  private Verdict again(QueryPlan query, ByteBuffer view, int at) {
    if (query.measure().oncePerPerson()) {
      return Verdict.NOTHING_NEW;
    }
    int count = view.getInt(at);
    if (count >= query.contributionsPerGroup()) {
      return Verdict.OUT_OF_BOUNDS;
    }
    view.putInt(at, count + 1);
    changed = true;
    return Verdict.COUNTED;
  }

  /** Where a query's part begins; the end where it has none. */
  private int find(ByteBuffer view, byte[] digest) {
    int part = 1;
    while (part < bytes.length) {
      if (Arrays.equals(bytes, part, part + QueryDigest.BYTES, digest, 0, QueryDigest.BYTES)) {
        return part;
      }
      part += HEADER + view.getInt(part + QueryDigest.BYTES) * ENTRY;
    }
    return part;
  }

  private void insert(int at, byte[] header, int group) {
    bytes =
        ByteBuffer.allocate(bytes.length + header.length + ENTRY)
            .put(bytes, 0, at)
            .put(header)
            .putInt(group)
            .putInt(1)
            .put(bytes, at, bytes.length - at)
            .array();
    changed = true;
  }

  /** Forgets the parts of other queries. */
  void retain(Predicate<QueryDigest> queries) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    byte[] kept = {VERSION};
    int part = 1;
    while (part < bytes.length) {
      int length = HEADER + view.getInt(part + QueryDigest.BYTES) * ENTRY;
      byte[] digest = Arrays.copyOfRange(bytes, part, part + QueryDigest.BYTES);
      if (queries.test(QueryDigest.ofBytes(digest))) {
        int end = kept.length;
        kept = Arrays.copyOf(kept, end + length);
        System.arraycopy(bytes, part, kept, end, length);
      }
      part += length;
    }
    changed |= kept.length < bytes.length;
    bytes = kept;
  }
}
