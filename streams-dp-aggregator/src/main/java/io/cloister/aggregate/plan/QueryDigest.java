// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import io.cloister.common.error.BugException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which query, with which config: a query that is configured anew is another query, with state and
 * releases of its own.
 *
 * @param hex {@link #BYTES} bytes in lower-case hexadecimal
 */
public record QueryDigest(String hex) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /**
   * @param identity name and config of the query
   * @return its digest
   */
  public static QueryDigest of(Identity identity) {
    return ofBytes(Arrays.copyOf(sha256(identity.toBytes()), BYTES));
  }

  /**
   * @param bytes {@link #BYTES} bytes
   * @return the digest they are
   */
  public static QueryDigest ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a query digest has " + BYTES + " bytes");
    }
    return new QueryDigest(HexFormat.of().formatHex(bytes));
  }

  /**
   * @return the digest as bytes
   */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /**
   * @param input any bytes
   * @return their SHA-256 digest
   */
  public static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("SHA-256 is part of every Java platform", e);
    }
  }
}
