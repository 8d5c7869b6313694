// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.common.error.BugException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one partition has to say of one closed window: its sums, and that it will never say more of
 * this window or any before. Sent for empty windows too, because the releaser waits for every
 * partition. Its text holds no sum.
 *
 * @param query which query
 * @param partition which partition of the scrubbed topic
 * @param window which window
 * @param sums group to exact sum; groups without contributions are absent
 */
public record WindowPartial(
    QueryDigest query, int partition, long window, Map<Integer, BigInteger> sums) {
  private static final byte VERSION = 1;

  /** Takes a copy. */
  public WindowPartial {
    sums = Map.copyOf(sums);
  }

  /**
   * @return version, query, partition, window, then the sums in the order of the groups
   */
  public byte[] toBytes() {
    TreeMap<Integer, byte[]> ordered = new TreeMap<>();
    sums.forEach((group, sum) -> ordered.put(group, sum.toByteArray()));
    int size = ordered.values().stream().mapToInt(sum -> 4 + 2 + sum.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(1 + QueryDigest.BYTES + 4 + 8 + 4 + size);
    bytes.put(VERSION).put(query.bytes()).putInt(partition).putLong(window).putInt(sums.size());
    ordered.forEach((group, sum) -> bytes.putInt(group).putShort((short) sum.length).put(sum));
    return bytes.array();
  }

  /**
   * @param value what {@link #toBytes} gave
   * @return the partial
   */
  public static WindowPartial fromBytes(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    if (bytes.get() != VERSION) {
      throw new BugException("partial sums of an unknown version");
    }
    byte[] digest = new byte[QueryDigest.BYTES];
    bytes.get(digest);
    int partition = bytes.getInt();
    long window = bytes.getLong();
    int count = bytes.getInt();
    Map<Integer, BigInteger> sums = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int group = bytes.getInt();
      byte[] sum = new byte[bytes.getShort()];
      bytes.get(sum);
      sums.put(group, new BigInteger(sum));
    }
    return new WindowPartial(QueryDigest.ofBytes(digest), partition, window, sums);
  }

  @Override
  public String toString() {
    return "WindowPartial[query=" + query.hex() + ", partition=" + partition + ", ...]";
  }
}
