// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.state.KeyValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A Kafka Streams store as the engines see it. */
final class StreamsKeyValues implements KeyValues {
  private final KeyValueStore<Bytes, byte[]> store;

  StreamsKeyValues(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return Optional.ofNullable(store.get(Bytes.wrap(key)));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(Bytes.wrap(key));
  }

  @Override
  public List<Entry> entries(byte[] prefix, byte[] after, int limit) {
    boolean inside = Arrays.compareUnsigned(after, prefix) > 0;
    List<Entry> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> range = range(prefix, inside ? after : prefix)) {
      while (entries.size() < limit && range.hasNext()) {
        KeyValue<Bytes, byte[]> next = range.next();
        byte[] key = next.key.get();
        if (!startsWith(key, prefix)) {
          break;
        }
        if (!inside || !Arrays.equals(key, after)) {
          entries.add(new Entry(key, next.value));
        }
      }
    }
    return entries;
  }

  private KeyValueIterator<Bytes, byte[]> range(byte[] prefix, byte[] from) {
    Optional<Bytes> end = firstAfter(prefix);
    if (from.length == 0) {
      return store.all();
    }
    return store.range(Bytes.wrap(from), end.orElse(null));
  }

  /** The first key that is above every key with the prefix; inclusive ranges may return it. */
  private static Optional<Bytes> firstAfter(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] end = Arrays.copyOf(prefix, i + 1);
        end[i]++;
        return Optional.of(Bytes.wrap(end));
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
