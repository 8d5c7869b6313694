// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class KeyedBitsTest {
  /** The zero key and block of AES-256: NIST's ECB known answer for an all-zero key and text. */
  @Test
  void bitsAreTheKeyStreamOfAesInCounterMode() {
    BigInteger first = new KeyedBits(new byte[32]).next(128);

    assertThat(first).isEqualTo(new BigInteger("dc95c078a2408989ad48a21492842087", 16));
  }

  @Test
  void equalKeysGiveEqualBitsWhateverTheBlocks() {
    KeyedBits one = new KeyedBits(new byte[32]);
    KeyedBits other = new KeyedBits(new byte[32]);

    for (int i = 1; i < 200; i++) {
      assertThat(one.next(i)).isEqualTo(other.next(i)).isLessThan(BigInteger.TWO.pow(i));
    }
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new KeyedBits(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }
}
