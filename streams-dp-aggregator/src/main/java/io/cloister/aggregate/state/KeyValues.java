// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.state;

import java.util.List;
import java.util.Optional;

/**
 * Bytes by bytes, in the unsigned order of the keys: the one view of state that engines have, so
 * that a Kafka Streams store and a heap map serve alike. For use by one thread.
 */
public interface KeyValues {
  /**
   * @param key a key
   * @return its value
   */
  Optional<byte[]> get(byte[] key);

  /**
   * @param key a key
   * @param value its value from now on
   */
  void put(byte[] key, byte[] value);

  /**
   * @param key a key that has no value from now on
   */
  void delete(byte[] key);

  /**
   * @param prefix what the keys begin with; empty for all
   * @param after only keys above this one; empty for all
   * @param limit how many entries at most, at least 1
   * @return the first entries, in order of their keys, as they are now
   */
  List<Entry> entries(byte[] prefix, byte[] after, int limit);

  /**
   * Deletes every entry whose key begins with a prefix, a slice at a time, since there may be more
   * than memory holds.
   *
   * @param prefix what the keys begin with
   */
  default void deleteAll(byte[] prefix) {
    byte[] after = {};
    while (true) {
      List<Entry> slice = entries(prefix, after, SLICE);
      slice.forEach(entry -> delete(entry.key()));
      if (slice.size() < SLICE) {
        return;
      }
      after = slice.get(SLICE - 1).key();
    }
  }

  /** How many entries are read at once where there may be many. */
  int SLICE = 4096;

  /**
   * A key and its value. Its text holds neither.
   *
   * @param key the key
   * @param value the value
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(byte[] key, byte[] value) {
    @Override
    public String toString() {
      return "Entry[...]";
    }
  }
}
