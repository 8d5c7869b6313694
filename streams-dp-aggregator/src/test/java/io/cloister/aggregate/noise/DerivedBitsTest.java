// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DerivedBitsTest {
  private static final byte[] SECRET = secret();

  @Test
  void aNamesBitsBeginWhereItsDigestSays() throws Exception {
    byte[] name = name("a");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, 0, 32, "HmacSHA256"));
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(SECRET, 32, 32, "AES"),
        new IvParameterSpec(Arrays.copyOf(mac.doFinal(name), 16)));
    ByteBuffer stream = ByteBuffer.wrap(cipher.update(new byte[1024]));

    RandomBits bits = new DerivedBits(SECRET).of(name);

    while (stream.hasRemaining()) {
      assertThat(bits.next()).isEqualTo(stream.getLong());
    }
  }

  @Test
  void equalNamesHaveEqualBitsWhateverWasDrawnBefore() {
    DerivedBits derived = new DerivedBits(SECRET);
    long first = derived.of(name("a")).next();
    RandomBits other = derived.of(name("b"));
    for (int i = 0; i < 1000; i++) {
      other.next();
    }

    assertThat(derived.of(name("a")).next()).isEqualTo(first);
    assertThat(new DerivedBits(SECRET).of(name("a")).next()).isEqualTo(first);
  }

  @Test
  void otherNamesAndSecretsHaveOtherBits() {
    Set<Long> words = new HashSet<>();
    for (int position = 0; position < DerivedBits.SECRET_BYTES; position++) {
      byte[] secret = SECRET.clone();
      secret[position] ^= 1;
      words.add(new DerivedBits(secret).of(name("a")).next());
    }
    DerivedBits derived = new DerivedBits(SECRET);
    for (int i = 0; i < 1000; i++) {
      words.add(derived.of(name("a" + i)).next());
    }

    assertThat(words).hasSize(DerivedBits.SECRET_BYTES + 1000);
  }

  @Test
  void aSecretOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new DerivedBits(new byte[32]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }

  private static byte[] secret() {
    byte[] secret = new byte[DerivedBits.SECRET_BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (7 * i + 1);
    }
    return secret;
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
