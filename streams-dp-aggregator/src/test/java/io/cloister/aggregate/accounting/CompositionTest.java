// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class CompositionTest {
  @Test
  void theDistributionOfTheLossTellsLessThanRenyiAccountingAndThatLessThanTheSum() {
    Composition month =
        new Composition()
            .add(Mechanism.pure(new BigDecimal("0.05")), 60)
            .add(laplace(40, 2, 3), 30)
            .add(gaussian(5_000, 2, 3), 30);

    double renyi = month.renyiEpsilon(1e-9);
    double losses = month.losses().orElseThrow().epsilon(1e-9);

    assertThat(losses).isLessThan(renyi).isGreaterThan(renyi * 0.7);
    assertThat(renyi).isLessThan(60 * 0.05 + 30 * 0.15 + 10);
    assertThat(month.epsilon(1e-9)).isEqualTo(losses);
  }

  @Test
  void discreteGaussianNoiseCostsTheRhoOfItsShiftsAndDeviation() {
    // rho = 3 x 2^2 / (2 x 5000) = 0.0012.
    assertThat(gaussian(5_000, 2, 3).renyi().at(10)).isCloseTo(0.012, within(1e-12));
  }

  @Test
  void laplaceNoiseOnSeveralFiguresTellsLessThanOnOne() {
    // Each of 4 figures costs 0.1, together 0.4: at order 3 at most 4 x 3 x 0.1^2 / 2.
    assertThat(laplace(10, 1, 4).renyi().at(3))
        .isLessThanOrEqualTo(0.06 + 1e-12)
        .isLessThan(RenyiCurve.pure(new BigDecimal("0.4")).at(3));
  }

  @Test
  void failuresAreTakenOutOfDeltaFirst() {
    Mechanism selection = new Mechanism.Approximate(new BigDecimal("0.1"), new BigDecimal("1e-6"));

    assertThat(new Composition().add(selection, 10).renyiEpsilon(1e-6)).isInfinite();
    assertThat(new Composition().add(selection, 10).renyiEpsilon(1e-4))
        .isCloseTo(
            new Composition().add(Mechanism.pure(new BigDecimal("0.1")), 10).renyiEpsilon(9e-5),
            within(1e-9));
  }

  @Test
  void ofRhoAloneRenyiAccountingIsAllThereIs() {
    Mechanism counter = new Mechanism.Concentrated(new BigDecimal("0.02"), BigDecimal.ZERO);
    Composition both = new Composition().add(counter, 2).add(Mechanism.pure(BigDecimal.ONE), 1);

    assertThat(both.losses()).isEmpty();
    assertThat(both.epsilon(1e-6)).isEqualTo(both.renyiEpsilon(1e-6)).isLessThan(3);
    assertThat(counter.renyi().at(5)).isCloseTo(0.1, within(1e-12));
    assertThatThrownBy(() -> LossDistribution.of(counter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsReleasedBeforeTheFirst() {
    assertThat(new Composition().losses().orElseThrow().epsilon(0)).isZero();
  }

  private static Mechanism laplace(long scale, long shift, long coordinates) {
    return new Mechanism.DiscreteLaplace(
        Rational.of(scale, 1), BigInteger.valueOf(shift), coordinates);
  }

  private static Mechanism gaussian(long variance, long shift, long coordinates) {
    return new Mechanism.DiscreteGaussian(
        Rational.of(variance, 1), BigInteger.valueOf(shift), coordinates);
  }
}
