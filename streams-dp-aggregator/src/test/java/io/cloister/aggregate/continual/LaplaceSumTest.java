// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LaplaceSumTest {
  private static final double SCALE = 1e9;

  @Test
  void oneNoiseHasTheQuantileOfLaplace() {
    assertThat(width(1)).isCloseTo(Math.log(20), within(1e-8));
  }

  @Test
  void twoHaveTheQuantileOfTheirClosedForm() {
    double x = width(2);
    assertThat(Math.exp(-x) * (1 + x / 2)).isCloseTo(0.05, within(1e-8));
  }

  @Test
  void manyComeNearTheNormalDistribution() {
    assertThat(width(255) / Math.sqrt(510)).isCloseTo(1.96, within(0.005));
    assertThat(width(256) / width(255)).isCloseTo(1, within(0.005));
    assertThat(width(20) / Math.sqrt(40)).isBetween(1.96, 2.0);
  }

  private static double width(long terms) {
    return LaplaceSum.halfWidth95(terms, SCALE).doubleValue() / SCALE;
  }
}
