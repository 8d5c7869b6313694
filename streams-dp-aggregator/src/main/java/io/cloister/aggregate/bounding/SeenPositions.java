// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.state.KeyValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The highest offset seen of each partition of the raw topics. The scrubber delivers at least once,
 * in the order of the offsets, so what is not above the highest has been seen.
 */
public final class SeenPositions {
  private static final byte PREFIX = 'p';

  private final KeyValues store;
  private final Map<Source, Long> highest = new HashMap<>();

  private record Source(String topic, int partition) {
    byte[] key() {
      byte[] name = topic.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(5 + name.length).put(PREFIX).putInt(partition).put(name).array();
    }

    static Source fromKey(byte[] key) {
      ByteBuffer bytes = ByteBuffer.wrap(key, 1, key.length - 1);
      int partition = bytes.getInt();
      return new Source(StandardCharsets.UTF_8.decode(bytes).toString(), partition);
    }
  }

  /**
   * @param store where the offsets are kept
   */
  public SeenPositions(KeyValues store) {
    this.store = store;
    for (KeyValues.Entry entry :
        store.entries(new byte[] {PREFIX}, new byte[0], Integer.MAX_VALUE)) {
      highest.put(Source.fromKey(entry.key()), ByteBuffer.wrap(entry.value()).getLong());
    }
  }

  /**
   * @param topic a raw topic
   * @param partition its partition
   * @param offset a record's offset there
   * @return whether the record is new; from now on it is not
   */
  public boolean firstSight(String topic, int partition, long offset) {
    Source source = new Source(topic, partition);
    Long before = highest.get(source);
    if (before != null && offset <= before) {
      return false;
    }
    highest.put(source, offset);
    store.put(source.key(), ByteBuffer.allocate(8).putLong(offset).array());
    return true;
  }
}
