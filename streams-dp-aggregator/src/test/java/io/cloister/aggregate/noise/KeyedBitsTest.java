// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyedBitsTest {
  /** The zero key and block of AES-256: NIST's ECB known answer for an all-zero key and text. */
  @Test
  void bitsAreTheKeyStreamOfAesInCounterMode() {
    KeyedBits bits = new KeyedBits(new byte[32]);

    assertThat(bits.next()).isEqualTo(0xdc95c078a2408989L);
    assertThat(bits.next()).isEqualTo(0xad48a21492842087L);
  }

  @Test
  void theStreamGoesOnAcrossBlocks() throws Exception {
    byte[] key = key(3);
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    ByteBuffer stream = ByteBuffer.wrap(cipher.update(new byte[1 << 16]));
    KeyedBits bits = new KeyedBits(key);

    while (stream.hasRemaining()) {
      assertThat(bits.next()).isEqualTo(stream.getLong());
    }
  }

  @Test
  void fewBitsAreTheFirstOfAWord() {
    KeyedBits few = new KeyedBits(new byte[32]);
    KeyedBits words = new KeyedBits(new byte[32]);

    for (int count = 1; count <= 64; count++) {
      assertThat(few.next(count)).isEqualTo(words.next() >>> (64 - count));
    }
  }

  @Test
  void aRestartForgetsWhatWasRead() {
    KeyedBits bits = new KeyedBits(key(1));
    long first = bits.next();
    for (int i = 0; i < 10_000; i++) {
      bits.next();
    }

    bits.restart(new byte[16]);

    assertThat(bits.next()).isEqualTo(first);
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new KeyedBits(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[KeyedBits.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
