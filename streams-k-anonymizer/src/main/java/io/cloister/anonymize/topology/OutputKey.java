// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The key of a record that the stage writes. That of a released one is a digest of its cell's
 * labels, the same for the same labels, and holds nothing of the person; that of one that moves is
 * the region to which it does.
 *
 * @param text the key as written
 * @param partition where it goes, not written
 */
record OutputKey(String text, int partition) {
  private static final int BYTES = 16;

  static OutputKey of(List<String> labels, int partition) {
    try {
      BytesWriter bytes = new BytesWriter().texts(labels);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return new OutputKey(HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)), partition);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Serde<OutputKey> serde() {
    return Serdes.serdeFrom(
        (topic, key) -> key.text().getBytes(StandardCharsets.UTF_8),
        (topic, bytes) -> new OutputKey(new String(bytes, StandardCharsets.UTF_8), 0));
  }
}
