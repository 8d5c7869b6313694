// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where 64 bits do not decide, further ones do, as in integers of any size. */
class UndecidedWordsTest {
  private static final long LEAST = 0;
  private static final long MOST = -1;

  @ParameterizedTest
  @ValueSource(longs = {3, 5, 1_000_003, (1L << 56) - 1})
  void uniform(long bound) {
    for (long x = 1; x < 4 && x < bound; x++) {
      long[] before = {edge(x, bound), LEAST};
      long[] after = {edge(x, bound), MOST};

      assertThat(LongDraws.uniform(new Script(before), bound)).isEqualTo(x - 1);
      assertThat(LongDraws.uniform(new Script(after), bound)).isEqualTo(x);
      assertThat(exact(before).uniform(BigInteger.valueOf(bound)).longValueExact())
          .isEqualTo(x - 1);
      assertThat(exact(after).uniform(BigInteger.valueOf(bound)).longValueExact()).isEqualTo(x);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 7, 1_000_003, (1L << 61) - 1})
  void trials(long denominator) {
    for (long numerator = 1; numerator < 3; numerator++) {
      long[] below = {edge(numerator, denominator), LEAST};
      long[] above = {edge(numerator, denominator), MOST};
      BigInteger n = BigInteger.valueOf(numerator);
      BigInteger d = BigInteger.valueOf(denominator);

      assertThat(LongDraws.bernoulli(new Script(below), numerator, denominator)).isTrue();
      assertThat(LongDraws.bernoulli(new Script(above), numerator, denominator)).isFalse();
      assertThat(exact(below).bernoulli(n, d)).isTrue();
      assertThat(exact(above).bernoulli(n, d)).isFalse();
    }
  }

  @Test
  void trialsOfBinaryFractionsAreDecidedByTheirDigits() {
    assertThat(LongDraws.bernoulli(new Script((1L << 62) - 1), 1, 4)).isTrue();
    assertThat(LongDraws.bernoulli(new Script(1L << 62), 1, 4)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 44})
  void successes(long v) {
    long word = PowersOfE.inverse(v, 64).longValue();
    long[] more = {word, LEAST};
    long[] fewer = {word, MOST};

    assertThat(LongDraws.geometric(new Script(more))).isEqualTo(v);
    assertThat(LongDraws.geometric(new Script(fewer))).isEqualTo(v - 1);
    assertThat(exact(more).geometric()).isEqualTo(v);
    assertThat(exact(fewer).geometric()).isEqualTo(v - 1);
  }

  @Test
  void successesBeyondTheTableAreCounted() {
    long second = PowersOfE.inverse(70, 128).longValue();

    assertThat(LongDraws.geometric(new Script(0, second - 1))).isEqualTo(70);
    assertThat(LongDraws.geometric(new Script(0, second + 1))).isEqualTo(69);
  }

  @Test
  void trialsBeyondThoseCountedInLongsGoOn() {
    long[] words = new long[65];
    // Even a trial that succeeds with 1 / (3 x 64) does so with a word of zero.
    Arrays.fill(words, LEAST);
    words[64] = MOST;

    assertThat(LongDraws.exponential(new Script(words), 1, 3)).isTrue();
    assertThat(exact(words).exponential(BigInteger.ONE, BigInteger.valueOf(3))).isTrue();
    assertThat(LongDraws.exponential(new Script(Arrays.copyOfRange(words, 1, 65)), 1, 3)).isFalse();
  }

  /** y = 77, from the table and from fixed point; then the words at which keeping is decided. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "10000", "1208925819614629174706177"})
  void keepingOfGaussianDraws(String sigmaSquared) {
    GaussianExponent slow =
        new GaussianExponent(new Rational(new BigInteger(sigmaSquared), BigInteger.ONE));
    LongExponent quick = LongExponent.of(slow).orElseThrow();
    long t = quick.t();
    long high = 77 / t;
    long low = Math.min(t - 1, 77 % t);
    BigInteger y = BigInteger.valueOf(high * t + low);
    BigInteger[] g = slow.numerator(y).divideAndRemainder(slow.denominator());
    long edge = g[1].shiftLeft(64).divide(slow.denominator()).longValue();
    // A word of zero gives as many successes as the whole part of g asks for.
    long[] start = g[0].signum() > 0 ? new long[] {0, 0, 0, 0, 0, 0, 0, 0, 1} : new long[0];

    for (long offset = -3; offset <= 3; offset++) {
      for (long next : new long[] {LEAST, MOST}) {
        long[] words = Arrays.copyOf(start, start.length + 3);
        words[start.length] = edge + offset;
        words[start.length + 1] = next;
        words[start.length + 2] = MOST;
        boolean expected = slow.keep(exact(words), y);

        assertThat(quick.keep(new Script(words), high, low))
            .as("offset %d, next %d", offset, next)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aDrawThatDoesNotFitIsRefusedAndNeverMoved() {
    DiscreteLaplace noise = new DiscreteLaplace(Rational.of((1L << 56) - 1, 1));
    // Some 200 successes, of which a draw in longs counts 64 and leaves the rest to others.
    long[] words = {0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    BigInteger drawn = noise.sample(new Script(words));

    assertThat(drawn.abs()).isGreaterThan(BigInteger.ONE.shiftLeft(63));
    assertThatThrownBy(() -> noise.sampleLong(new Script(words)))
        .isInstanceOf(ArithmeticException.class);
  }

  /** The word that x / bound begins with. */
  private static long edge(long x, long bound) {
    return BigInteger.valueOf(x).shiftLeft(64).divide(BigInteger.valueOf(bound)).longValue();
  }

  private static ExactDraws exact(long... words) {
    return new ExactDraws(new Script(words));
  }
}
