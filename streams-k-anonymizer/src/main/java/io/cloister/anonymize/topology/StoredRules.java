// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.common.error.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rules that a store's content was made under, kept in the store itself. */
final class StoredRules {
  /**
   * No other key starts so: a region's starts with a length, which is not negative, a route's with
   * a small number.
   */
  static final Bytes KEY = Bytes.wrap(new byte[] {-1});

  private StoredRules() {}

  /**
   * Records the rules in a new store, and refuses a store of other rules: what it holds may give a
   * person two classes, or a cell fewer than k people.
   */
  static void check(KeyValueStore<Bytes, byte[]> store, String rules) {
    byte[] now = rules.getBytes(StandardCharsets.UTF_8);
    byte[] stored = store.get(KEY);
    if (stored == null) {
      store.put(KEY, now);
    } else if (!Arrays.equals(stored, now)) {
      throw new InputException(
          "anonymize: k, quasi-identifiers, what a hierarchy's file holds, sensitive, epoch, epochs,"
              + " shard-by, small-regions, source.subject or the domain of its tokens differ from those that the stored state"
              + " was made under; undo the change, or reset the anonymizer's state once the running"
              + " epoch and its grace are over");
    }
  }
}
