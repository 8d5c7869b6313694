// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chi-square of every sampler against its formula. In the build keys are fixed, so that these tests
 * pass always or never; with {@code -Dsoak} there are fresh keys and 10 million draws.
 */
class DistributionTest {
  /** A right sampler falls below this with one key in 1,000. */
  private static final double UNLIKELY = 1e-3;

  /** All right samplers together fall below this with fresh keys in under one run in a million. */
  private static final double NEVER = 1e-6 / 24;

  static Stream<Sampled> all() {
    return Stream.concat(Sampled.LAPLACE.stream(), Sampled.GAUSSIAN.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void drawsFollowTheExactDistribution(Sampled sampled) {
    KeyedBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);

    double fit = sampled.law().fit(draws(sampled, 300_000), () -> sampled.noise().sample(bits));

    assertThat(fit).isGreaterThan(UNLIKELY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivedDrawsFollowTheExactDistribution(Sampled sampled) {
    DerivedBits derived = new DerivedBits(new byte[DerivedBits.SECRET_BYTES]);
    ByteBuffer name = ByteBuffer.allocate(8);

    double fit =
        sampled
            .law()
            .fit(
                draws(sampled, 50_000),
                () -> {
                  name.putLong(0, name.getLong(0) + 1);
                  return sampled.noise().sample(derived.of(name.array()));
                });

    assertThat(fit).isGreaterThan(UNLIKELY);
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("soak")
  void tenMillionDrawsFromFreshKeysFollowTheExactDistribution(Sampled sampled) {
    byte[] key = new byte[KeyedBits.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    KeyedBits bits = new KeyedBits(key);

    double fit = sampled.law().fit(draws(sampled, 10_000_000), () -> sampled.noise().sample(bits));

    assertThat(fit).as("key %s", HexFormat.of().formatHex(key)).isGreaterThan(NEVER);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theReferenceFollowsItToo(Sampled sampled) {
    ExactDraws draws = new ExactDraws(new KeyedBits(new byte[KeyedBits.KEY_BYTES]), 8);

    double fit =
        sampled
            .law()
            .fit(
                3_000,
                () ->
                    sampled.noise() instanceof DiscreteLaplace laplace
                        ? laplace.sample(draws, 0)
                        : ((DiscreteGaussian) sampled.noise()).sample(draws, 0));

    assertThat(fit).isGreaterThan(UNLIKELY);
  }

  /** What is drawn in integers of any size takes long. */
  private static int draws(Sampled sampled, int wanted) {
    return sampled.slow() ? wanted / 20 : wanted;
  }
}
