// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import io.cloister.common.error.BugException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key stream of AES-256 in counter mode (NIST SP 800-38A, section 6.5): equal keys and starts
 * give equal bits for ever, and nobody without the key can tell them from fair ones. Its text holds
 * neither key nor bits.
 */
public final class KeyedBits implements RandomBits {
  /** Length of a key in bytes. */
  public static final int KEY_BYTES = 32;

  static final int START_BYTES = 16;

  // A single draw needs some 60 bytes, a simulation gigabytes: blocks grow from one to the other.
  private static final int FIRST_BLOCK = 128;
  private static final int LARGEST_BLOCK = 8192;
  private static final int GROWTH = 4;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private ByteBuffer block = ByteBuffer.allocate(FIRST_BLOCK);

  // The stream is what the cipher makes of zeros; in one array it would allocate a copy.
  private byte[] zeros = new byte[FIRST_BLOCK];
  private int length;

  /**
   * The stream from counter zero.
   *
   * @param key {@link #KEY_BYTES} bytes that nothing else uses
   */
  public KeyedBits(byte[] key) {
    this(key, new byte[START_BYTES]);
  }

  private KeyedBits(byte[] key, byte[] start) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new BugException("AES in counter mode is part of every Java platform", e);
    }
    restart(start);
  }

  /** Goes to the bits from another counter on; {@link #START_BYTES} bytes. */
  void restart(byte[] start) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
    } catch (GeneralSecurityException e) {
      throw new BugException("AES takes every key of 32 bytes and every counter of 16", e);
    }
    length = 0;
    block.position(0).limit(0);
  }

  @Override
  public long next() {
    if (!block.hasRemaining()) {
      fill();
    }
    return block.getLong();
  }

  private void fill() {
    length = length == 0 ? FIRST_BLOCK : Math.min(GROWTH * length, LARGEST_BLOCK);
    if (zeros.length < length) {
      block = ByteBuffer.allocate(length);
      zeros = new byte[length];
    }
    try {
      cipher.update(zeros, 0, length, block.array(), 0);
    } catch (GeneralSecurityException e) {
      throw new BugException("a stream cipher gives as many bytes as it takes", e);
    }
    block.position(0).limit(length);
  }
}
