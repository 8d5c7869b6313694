// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** 64 bits and integers of any size draw the same from the same bits, and stop at the same bit. */
class PathsAgreeTest {
  private static final int DRAWS = 200;

  @Property(tries = 200)
  void laplaceIsTheSameInBothWays(@ForAll("fractions") Rational scale, @ForAll byte key) {
    DiscreteLaplace noise = new DiscreteLaplace(scale);
    RandomBits quick = bits(key);
    RandomBits slow = bits(key);

    for (int i = 0; i < DRAWS; i++) {
      assertThat(noise.sample(quick)).isEqualTo(noise.sample(new ExactDraws(slow), 0));
    }
    assertThat(quick.next()).isEqualTo(slow.next());
  }

  @Property(tries = 200)
  void gaussianIsTheSameInBothWays(@ForAll("fractions") Rational sigmaSquared, @ForAll byte key) {
    DiscreteGaussian noise = new DiscreteGaussian(sigmaSquared);
    RandomBits quick = bits(key);
    RandomBits slow = bits(key);

    for (int i = 0; i < DRAWS; i++) {
      assertThat(noise.sample(quick)).isEqualTo(noise.sample(new ExactDraws(slow), 0));
    }
    assertThat(quick.next()).isEqualTo(slow.next());
  }

  @Property(tries = 200)
  void aLongIsTheSameDraw(@ForAll("fractions") Rational parameter, @ForAll byte key) {
    for (Noise noise :
        new Noise[] {new DiscreteLaplace(parameter), new DiscreteGaussian(parameter)}) {
      BigInteger drawn = noise.sample(bits(key));
      if (drawn.bitLength() < Long.SIZE) {
        assertThat(noise.sampleLong(bits(key))).isEqualTo(drawn.longValueExact());
      }
    }
  }

  /** From 2^-80 to 2^80, with simple and with crooked fractions. */
  @Provide
  Arbitrary<Rational> fractions() {
    Arbitrary<BigInteger> part =
        Combinators.combine(
                Arbitraries.integers().between(0, 80),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(80)))
            .as(
                (size, crooked) ->
                    BigInteger.ONE.shiftLeft(size).add(crooked.shiftRight(80 - size)));
    Arbitrary<BigInteger> simple =
        Arbitraries.of(1, 2, 3, 10, 1_000_000_000).map(BigInteger::valueOf);
    return Combinators.combine(Arbitraries.oneOf(part, simple), Arbitraries.oneOf(part, simple))
        .as(Rational::new);
  }

  private static RandomBits bits(byte fill) {
    byte[] key = new byte[KeyedBits.KEY_BYTES];
    key[0] = fill;
    return new KeyedBits(key);
  }
}
