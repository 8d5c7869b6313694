// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import io.cloister.common.error.BugException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key stream of AES-256 in counter mode (NIST SP 800-38A, section 6.5) from counter zero: equal
 * keys give equal bits for ever, and nobody without the key can tell them from fair ones. A key
 * serves one draw, so the counter's start need not vary. Its text holds neither key nor bits.
 */
public final class KeyedBits implements RandomBits {
  /** Length of a key in bytes. */
  public static final int KEY_BYTES = 32;

  private static final int BLOCK = 64;

  private final Cipher cipher;
  private byte[] buffer = new byte[0];
  private int used;

  /**
   * @param key {@link #KEY_BYTES} bytes that no other draw uses
   */
  public KeyedBits(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new BugException("AES in counter mode is part of every Java platform", e);
    }
  }

  @Override
  public BigInteger next(int count) {
    byte[] bytes = new byte[(count + 7) / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = nextByte();
    }
    // Whole bytes are taken and the surplus dropped: simple, and a draw needs few.
    bytes[0] &= (byte) (0xff >> (bytes.length * 8 - count));
    return new BigInteger(1, bytes);
  }

  private byte nextByte() {
    if (used == buffer.length) {
      buffer = cipher.update(new byte[BLOCK]);
      used = 0;
    }
    return buffer[used++];
  }
}
