// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.noise.DerivedBits;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.plan.Identity;
import io.cloister.aggregate.plan.QueryPlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Noise that meets two values tells their difference; so each value meets its own. */
class NoiseReuseTest {
  private static final int WINDOWS = 300;
  private static final Epsilon EPSILON = Epsilon.of(new BigDecimal("0.01"));

  private final QueryPlan query =
      Pipelines.plan(
              Pipelines.oneQuery(
                  """
                  measure: { count-people: {} }
                  window: { tumbling: PT1H }
                  bounds: { groups-per-person: 1, contributions-per-group: 1 }
                  consumers: { dean: { epsilon: 0.01 } }
                  """))
          .queries()
          .get(0);

  @Test
  void anotherValueMeetsOtherNoise() {
    assertThat(shareReused(this::noise)).isLessThan(0.05);
  }

  @Test
  void noiseByIdentityAloneIsNoticed() {
    assertThat(shareReused((window, value) -> byIdentityAlone(window))).isEqualTo(1);
  }

  private static double shareReused(BiFunction<Integer, BigInteger, BigInteger> noise) {
    double reused = 0;
    for (int window = 0; window < WINDOWS; window++) {
      BigInteger one = noise.apply(window, BigInteger.valueOf(500));
      BigInteger other = noise.apply(window, BigInteger.valueOf(501));
      reused += one.equals(other) ? 1.0 / WINDOWS : 0;
    }
    // With scale 100 two independent draws are equal in 1 of 400 cases.
    return reused > 1 - 1e-9 ? 1 : reused;
  }

  private BigInteger noise(int window, BigInteger value) {
    Release release = new Release("campus", query, window, EPSILON, Pipelines.keyset("k1"));
    return release.noisy(0, value).subtract(value);
  }

  /** The bug. */
  private BigInteger byIdentityAlone(int window) {
    DiscreteLaplace law = query.noise(EPSILON);
    return law.sample(
        new DerivedBits(new byte[DerivedBits.SECRET_BYTES])
            .of(new Identity().add(window).toBytes()));
  }
}
