// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/** How far one query's windows are closed in one partition, mirrored in the store. */
final class Progress {
  /** Also of the contributions beside it, whose layout changed with it: neither goes without. */
  private static final byte VERSION = 2;

  private static final byte PREFIX = 'q';

  private final KeyValues store;
  private final byte[] key;
  private boolean started;
  private long closed;
  private long sent;

  Progress(KeyValues store, QueryPlan query) {
    this.store = store;
    byte[] digest = query.digest().bytes();
    this.key = ByteBuffer.allocate(1 + digest.length).put(PREFIX).put(digest).array();
    store.get(key).ifPresent(this::load);
  }

  /**
   * A query that comes back after it was gone begins anew. Says whether there was one to forget.
   */
  static boolean forgetOthers(KeyValues store, Set<QueryDigest> known) {
    boolean gone = false;
    for (KeyValues.Entry entry :
        store.entries(new byte[] {PREFIX}, new byte[0], Integer.MAX_VALUE)) {
      byte[] digest = Arrays.copyOfRange(entry.key(), 1, entry.key().length);
      if (!known.contains(QueryDigest.ofBytes(digest))) {
        store.delete(entry.key());
        gone = true;
      }
    }
    return gone;
  }

  private void load(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    if (bytes.get() != VERSION) {
      throw new BugException("progress of an unknown version");
    }
    closed = bytes.getLong();
    sent = bytes.getLong();
    started = true;
  }

  boolean started() {
    return started;
  }

  /** Windows up to this one take no more records. */
  long closed() {
    return closed;
  }

  /** Windows up to this one have been sent to the releaser. */
  long sent() {
    return sent;
  }

  void start(long firstWindow) {
    started = true;
    closed = firstWindow - 1;
    sent = firstWindow - 1;
    save();
  }

  /** Closed windows stay closed, whatever a clock says later. */
  void close(long through) {
    if (through > closed) {
      closed = through;
      save();
    }
  }

  void sent(long through) {
    sent = through;
    save();
  }

  private void save() {
    store.put(key, ByteBuffer.allocate(17).put(VERSION).putLong(closed).putLong(sent).array());
  }
}
