// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToeplitzCounterTest {
  private static final Rational RHO = Rational.of(1, 200);

  @Property(tries = 50)
  void withoutNoiseReleasesAreTheExactTotals(
      @ForAll @IntRange(min = 1, max = 300) int steps, @ForAll long seed) {
    long[] stream = Runs.stream(new Random(seed), steps);

    assertThat(Runs.released(counter(steps, 1), stream, Runs.NONE)).isEqualTo(Runs.totals(stream));
  }

  @Property(tries = 30)
  void aCounterRestoredInTheMiddleGoesOnAlike(
      @ForAll @IntRange(min = 2, max = 200) int steps, @ForAll long seed) {
    ToeplitzCounter counter = counter(steps, 3);
    NodeNoise noise = counter.noise(Runs.bits(seed));
    long[] stream = Runs.stream(new Random(seed), steps);

    ToeplitzCounter again = counter(steps, 3);
    List<BigInteger> released = new ArrayList<>();
    CounterState state = counter.start();
    for (long increment : stream) {
      CounterState restored = CounterState.fromBytes(state.toBytes());
      ContinualCounter.Step step =
          again.next(restored, BigInteger.valueOf(increment), counter.noise(Runs.bits(seed)));
      assertThat(counter.next(state, BigInteger.valueOf(increment), noise)).isEqualTo(step);
      released.add(step.released());
      state = step.state();
    }

    assertThat(released).isEqualTo(Runs.released(counter, stream, noise));
    assertThat(counter.finished(state)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "365, 1", "365, 30", "1000, 1", "100000, 1"})
  void theStateIsAtMostEightNumbers(long steps, long count) {
    ToeplitzCounter counter = counter(steps, count);
    CounterState state = counter.start();
    for (int i = 0; i < Math.min(steps, 1_000); i++) {
      state = counter.next(state, BigInteger.TWO, Runs.arbitrary(i, 40)).state();
    }

    assertThat(state.numbers()).isLessThanOrEqualTo(8);
    assertThat(state.toBytes().length).isLessThan(150);
  }

  @ParameterizedTest
  @CsvSource({"1000, 9.8", "1000000, 29"})
  void theMeanSquaredErrorOfOneEventIsAsPublished(long steps, double limit) {
    ToeplitzCounter counter = counter(steps, 1);

    assertThat(counter.meanSquaredError() * 2 / 200).isLessThan(limit);
  }

  @Test
  void theNoiseIsThatOfTheSensitivity() {
    ToeplitzCounter counter = counter(100, 3);

    assertThat(counter.law().sigmaSquared())
        .isEqualTo(
            new Rational(
                counter.sensitivity().pow(2).multiply(BigInteger.valueOf(200)), BigInteger.TWO));
    // As near to the column norm as the grid and rounding allow.
    double norm = ToeplitzError.of(ToeplitzDesign.best(100, 3)).squaredNormOfFirst(3, 100);
    double onGrid = counter.sensitivity().doubleValue() / counter.grid().doubleValue();
    assertThat(onGrid * onGrid / norm).isBetween(1.0, 1 + 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2, 1000000000",
    "1, 1, 1, 2, 1",
    "30, 3, 1000000, 1, 1000000",
    "1, 1, 1000000000000000, 1, 100",
    "1000, 1000, 1, 1000000, 1"
  })
  void gridAndRoundingCostNothingThatCouldBeMeasured(
      long count, long groups, long magnitude, long rhoNumerator, long rhoDenominator) {
    PersonBound bound = new PersonBound(count, groups, BigInteger.valueOf(magnitude));
    ToeplitzCounter counter =
        new ToeplitzCounter(1_000, bound, Rational.of(rhoNumerator, rhoDenominator));
    ToeplitzError error = ToeplitzError.of(ToeplitzDesign.best(1_000, count));

    double ideal =
        error.squaredNormOfFirst(count, 1_000)
            * error.meanVariance(1_000)
            * groups
            * magnitude
            * magnitude
            * rhoDenominator
            / (2.0 * rhoNumerator);

    assertThat((counter.meanSquaredError() - 1 / 12.0) / ideal).isBetween(1 - 1e-6, 1.001);
    assertThat(Math.sqrt(counter.law().variance())).isGreaterThan(0x1p36);
  }

  @Test
  void theIntervalIsTwoStandardDeviations() {
    ToeplitzCounter counter = counter(1_000, 1);

    assertThat(counter.halfWidth95(500).doubleValue())
        .isCloseTo(1.96 * Math.sqrt(counter.variance(500)), within(1.0));
    assertThat(counter.variance(1)).isLessThan(counter.variance(1_000));
    assertThat(new BigDecimal(counter.halfWidth95(1_000))).isPositive();
  }

  @Test
  void nothingIsReleasedAfterTheLastStep() {
    ToeplitzCounter counter = counter(1, 1);
    CounterState last = counter.next(counter.start(), BigInteger.TEN, Runs.NONE).state();

    assertThatThrownBy(() -> counter.next(last, BigInteger.ONE, Runs.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("10");
    assertThatThrownBy(
            () ->
                counter(2, 1)
                    .next(
                        new CounterState(0, BigInteger.ONE, List.of()), BigInteger.ONE, Runs.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counter.variance(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counter(0, 1)).hasMessageContaining("steps");
    assertThatThrownBy(() -> counter(ToeplitzCounter.MAX_STEPS + 1, 1))
        .hasMessageContaining("steps");
  }

  @Test
  void otherParametersHaveAnotherName() {
    assertThat(counter(10, 1).parameters())
        .startsWith("toeplitz.v1 10 ")
        .isNotEqualTo(counter(11, 1).parameters())
        .isNotEqualTo(counter(10, 2).parameters())
        .isNotEqualTo(
            new ToeplitzCounter(10, PersonBound.ONE_EVENT, Rational.of(1, 100)).parameters());
  }

  private static ToeplitzCounter counter(long steps, long count) {
    return new ToeplitzCounter(steps, new PersonBound(count, 1, BigInteger.ONE), RHO);
  }
}
