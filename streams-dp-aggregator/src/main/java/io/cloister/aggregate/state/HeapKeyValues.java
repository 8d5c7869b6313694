// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.state;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** State on the heap, for file runs and tests. Its text holds none of it. */
public final class HeapKeyValues implements KeyValues {
  private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public Optional<byte[]> get(byte[] key) {
    return Optional.ofNullable(map.get(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key);
  }

  @Override
  public List<Entry> entries(byte[] prefix, byte[] after, int limit) {
    boolean inside = Arrays.compareUnsigned(after, prefix) > 0;
    return map.tailMap(inside ? after : prefix, !inside).entrySet().stream()
        .takeWhile(entry -> startsWith(entry.getKey(), prefix))
        .limit(limit)
        .map((Map.Entry<byte[], byte[]> entry) -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
