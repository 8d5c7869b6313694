// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.keys.Keysets;
import io.cloister.common.record.CanonicalText;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final KeyedFunction key = Keysets.inMemory().tokens();
  private final Tokenizer tokenizer = new Tokenizer(key);

  /** A change of this text breaks every token that was ever written. */
  @Test
  void theSerializedFormIsPinned() {
    Tokenizer pinned = new Tokenizer(new Hmac("a key of this test alone", 3));

    assertThat(pinned.token("student", "kim")).isEqualTo("t1.k3.P2ndSr3ludVtLJH0fkVJrA");
  }

  @Property(tries = 200)
  void equalValuesOfOneDomainHaveEqualTokens(@ForAll String domain, @ForAll String value) {
    assertThat(tokenizer.token(domain, value))
        .isEqualTo(tokenizer.token(domain, value))
        // One that has not just made the same token.
        .isEqualTo(new Tokenizer(key).token(domain, value))
        .matches("t1\\.k1\\.[A-Za-z0-9_-]{22}");
  }

  @Property(tries = 200)
  void whatCameBeforeDoesNotMatter(@ForAll("few") List<String> names) {
    for (String domain : names) {
      for (String value : names) {
        assertThat(tokenizer.token(domain, value))
            .isEqualTo(new Tokenizer(key).token(domain, value));
      }
    }
  }

  @Provide
  Arbitrary<List<String>> few() {
    return Arbitraries.of("", "kim", "Kim", "student").list().ofMaxSize(5);
  }

  @Test
  void movingCharactersBetweenDomainAndValueChangesTheToken() {
    assertThat(tokenizer.token("ab", "c")).isNotEqualTo(tokenizer.token("a", "bc"));
    assertThat(tokenizer.token("student", "kim")).isNotEqualTo(tokenizer.token("staff", "kim"));
  }

  @Test
  void aHundredThousandValuesHaveAsManyTokens() {
    long tokens =
        IntStream.range(0, 100_000)
            .mapToObj(i -> tokenizer.token("student", "s" + i))
            .distinct()
            .count();

    assertThat(tokens).isEqualTo(100_000);
  }

  @Test
  void anotherKeyGivesOtherTokens() {
    Tokenizer other = new Tokenizer(Keysets.inMemory().tokens());

    assertThat(other.token("student", "kim")).isNotEqualTo(tokenizer.token("student", "kim"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 1",
        "1.0 | 1",
        "1e0 | 1",
        "10 | 1e1",
        "-0.0 | 0",
        "1 | \"1\"",
        "12345678901234567890 | \"12345678901234567890\"",
        "\"Zo\\u00eb\" | \"Zoe\\u0308\"",
        "true | \"true\"",
      })
  void whatMeansTheSameHasOneText(String one, String other) throws Exception {
    assertThat(text(one)).isPresent().isEqualTo(text(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Kim\" | \"kim\"",
        "\"kim\" | \" kim\"",
        "\"1.0\" | 1",
        "\"01\" | 1",
        "1 | 2",
      })
  void whatMayBeTwoPeopleHasTwoTexts(String one, String other) throws Exception {
    assertThat(text(one)).isNotEqualTo(text(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "1e99", "1e999999999"})
  void whatIsNoSingleValueHasNone(String value) throws Exception {
    assertThat(text(value)).isEmpty();
  }

  private static Optional<String> text(String json) throws Exception {
    return CanonicalText.of(JSON.readTree(json));
  }

  private record Hmac(String key, int version) implements KeyedFunction {
    @Override
    public byte[] compute(byte[] input, int length) {
      try {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA512"));
        return Arrays.copyOf(mac.doFinal(input), length);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }
}
