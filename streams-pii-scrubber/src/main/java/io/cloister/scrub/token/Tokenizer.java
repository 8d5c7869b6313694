// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.record.CanonicalText;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Makes keyed pseudonyms. A token is {@code t1.k<key version>.<22 characters>}: 128 bits of a
 * pseudo-random function over domain and value, in base64url. Equal values of one domain have equal
 * tokens while the key lives; tokens of different domains cannot be compared; who lacks the key can
 * neither undo a token nor test a guess. Safe for use by several threads.
 */
public final class Tokenizer {
  private static final byte FORMAT = 1;
  private static final int BYTES = 16;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final KeyedFunction function;
  private final String prefix;

  /** Racy on purpose: whichever thread's it is, it is whole, and right for what it says. */
  private Latest latest = new Latest("", "", "");

  /** The latest token: most records name their person twice, as the key and in a field. */
  private static final class Latest {
    private final String domain;
    private final String value;
    private final String token;

    Latest(String domain, String value, String token) {
      this.domain = domain;
      this.value = value;
      this.token = token;
    }
  }

  /**
   * @param function the secret function behind the tokens
   */
  public Tokenizer(KeyedFunction function) {
    this.function = function;
    this.prefix = "t" + FORMAT + ".k" + function.version() + ".";
  }

  /**
   * @param domain what the value names, such as {@code student}
   * @param value the value in its {@linkplain CanonicalText canonical text}
   * @return the token
   */
  public String token(String domain, String value) {
    Latest known = latest;
    if (!known.token.isEmpty() && known.domain.equals(domain) && known.value.equals(value)) {
      return known.token;
    }
    String token = make(domain, value);
    latest = new Latest(domain, value, token);
    return token;
  }

  private String make(String domain, String value) {
    byte[] domainBytes = domain.getBytes(UTF_8);
    byte[] valueBytes = value.getBytes(UTF_8);
    // Length-prefixed, so that no other pair of domain and value gives the same bytes.
    byte[] input =
        ByteBuffer.allocate(1 + 4 + domainBytes.length + 4 + valueBytes.length)
            .put(FORMAT)
            .putInt(domainBytes.length)
            .put(domainBytes)
            .putInt(valueBytes.length)
            .put(valueBytes)
            .array();
    return prefix + TEXT.encodeToString(function.compute(input, BYTES));
  }
}
