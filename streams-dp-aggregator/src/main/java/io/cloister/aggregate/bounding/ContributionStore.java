// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.aggregate.state.StateKeys;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Keeps contributions by length of window, window and person. Windows of one length are aligned
 * alike, so queries of that length share them, whatever their clock and grace.
 */
final class ContributionStore {
  private final KeyValues store;

  ContributionStore(KeyValues store) {
    this.store = store;
  }

  Contributions of(long length, long window, byte[] person) {
    return store
        .get(key(length, window, person))
        .map(Contributions::fromBytes)
        .orElseGet(Contributions::none);
  }

  void save(long length, long window, byte[] person, Contributions contributions) {
    if (contributions.isChanged()) {
      store.put(key(length, window, person), contributions.toBytes());
    }
  }

  /** Forgets a window of everybody. */
  void forget(long length, long window) {
    store.deleteAll(key(length, window, new byte[0]));
  }

  /** Goes through everything and forgets, by query and window, what is of no more use. */
  void retain(BiPredicate<QueryDigest, Long> queries) {
    byte[] after = {};
    List<KeyValues.Entry> slice;
    do {
      slice = store.entries(new byte[0], after, KeyValues.SLICE);
      for (KeyValues.Entry entry : slice) {
        long window = ByteBuffer.wrap(entry.key()).getLong(Long.BYTES) ^ Long.MIN_VALUE;
        Contributions contributions = Contributions.fromBytes(entry.value());
        contributions.retain(query -> queries.test(query, window));
        if (contributions.isEmpty()) {
          store.delete(entry.key());
        } else if (contributions.isChanged()) {
          store.put(entry.key(), contributions.toBytes());
        }
        after = entry.key();
      }
    } while (slice.size() == KeyValues.SLICE);
  }

  private static byte[] key(long length, long window, byte[] person) {
    return StateKeys.of(ByteBuffer.allocate(Long.BYTES).putLong(length).array(), window, person);
  }
}
