// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where in the raw topics a scrubbed record comes from. The scrubber runs at-least-once; the stages
 * behind it drop a record whose position they have passed.
 *
 * @param topic the raw topic
 * @param partition its partition
 * @param offset the raw record's offset there
 */
public record SourcePosition(String topic, int partition, long offset) {
  private static final String HEADER = "cloister.source";
  private static final byte VERSION = 1;

  /**
   * @param headers the headers of a scrubbed record, to which the position is added
   */
  public void writeTo(Headers headers) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 4 + 8 + name.length);
    bytes.put(VERSION).putInt(partition).putLong(offset).put(name);
    headers.remove(HEADER);
    headers.add(HEADER, bytes.array());
  }

  /**
   * @param headers the headers of a scrubbed record
   * @return the position, absent where the header is missing or of an unknown version
   */
  public static Optional<SourcePosition> from(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value().length < 13 || header.value()[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value(), 1, header.value().length - 1);
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    String topic =
        new String(header.value(), bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
    return Optional.of(new SourcePosition(topic, partition, offset));
  }
}
