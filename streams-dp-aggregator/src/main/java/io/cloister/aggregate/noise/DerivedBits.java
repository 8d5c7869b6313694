// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import io.cloister.common.error.BugException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fair bits for each of many names, from one secret: equal names have equal bits for ever, and
 * nobody without the secret can tell the bits of all names from independent fair ones. HMAC-SHA-256
 * (RFC 2104) of the name says where in one AES-256 key stream its bits begin. Two of n names
 * overlap within m blocks of 16 bytes with probability below n^2 m / 2^128: below 2^-75 for ten
 * million names with a kilobyte each. For use by one thread; its text holds no secret.
 */
public final class DerivedBits {
  /** Length of a secret in bytes. */
  public static final int SECRET_BYTES = 64;

  private static final String MAC = "HmacSHA256";

  private final Mac mac;
  private final KeyedBits stream;
  private final byte[] digest;
  private final byte[] start = new byte[KeyedBits.START_BYTES];

  /**
   * @param secret {@link #SECRET_BYTES} bytes that nothing else uses
   */
  public DerivedBits(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a secret has " + SECRET_BYTES + " bytes, not " + secret.length);
    }
    int half = SECRET_BYTES - KeyedBits.KEY_BYTES;
    try {
      mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, 0, half, MAC));
    } catch (GeneralSecurityException e) {
      throw new BugException("HMAC-SHA-256 is part of every Java platform", e);
    }
    digest = new byte[mac.getMacLength()];
    stream = new KeyedBits(Arrays.copyOfRange(secret, half, SECRET_BYTES));
  }

  /**
   * @param name any bytes; callers length-prefix their parts, so that no two names collide
   * @return its bits, from the first on; the same object at each call, so that bits of an earlier
   *     name are not to be had any more
   */
  public RandomBits of(byte[] name) {
    mac.update(name);
    try {
      mac.doFinal(digest, 0);
    } catch (ShortBufferException e) {
      throw new BugException("a digest is as long as it says", e);
    }
    System.arraycopy(digest, 0, start, 0, start.length);
    stream.restart(start);
    return stream;
  }
}
