// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.noise.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeCounterTest {
  private static final Rational EPSILON = Rational.of(1, 10);

  @Property(tries = 100)
  void withoutNoiseReleasesAreTheExactTotals(
      @ForAll @IntRange(min = 1, max = 500) int steps, @ForAll long seed) {
    long[] stream = Runs.stream(new Random(seed), steps);

    assertThat(Runs.released(counter(steps), stream, Runs.NONE)).isEqualTo(Runs.totals(stream));
  }

  @Property(tries = 100)
  void nodesThatHoldAnotherStreamAddItsTotals(
      @ForAll @IntRange(min = 1, max = 500) int steps, @ForAll long seed) {
    TreeCounter counter = counter(steps);
    long[] stream = Runs.stream(new Random(seed), steps);
    long[] other = Runs.stream(new Random(~seed), steps);
    long[] both = stream.clone();
    for (int i = 0; i < steps; i++) {
      both[i] += other[i];
    }

    assertThat(Runs.released(counter, stream, Replay.nodeSums(counter.shape(), other)))
        .isEqualTo(Runs.totals(both));
  }

  @Property(tries = 50)
  void aCounterRestoredInTheMiddleGoesOnAlike(
      @ForAll @IntRange(min = 2, max = 300) int steps, @ForAll long seed) {
    TreeCounter counter = counter(steps);
    NodeNoise noise = counter.noise(Runs.bits(seed));
    long[] stream = Runs.stream(new Random(seed), steps);

    TreeCounter again = counter(steps);
    List<BigInteger> released = new ArrayList<>();
    CounterState state = counter.start();
    for (long increment : stream) {
      // Another object, other noise, and the step done twice.
      CounterState restored = CounterState.fromBytes(state.toBytes());
      ContinualCounter.Step step =
          again.next(restored, BigInteger.valueOf(increment), counter.noise(Runs.bits(seed)));
      assertThat(counter.next(state, BigInteger.valueOf(increment), noise)).isEqualTo(step);
      released.add(step.released());
      state = step.state();
      assertThat(state.numbers()).isEqualTo(2);
    }

    assertThat(released).isEqualTo(Runs.released(counter, stream, noise));
    assertThat(counter.finished(state)).isTrue();
  }

  @Test
  void theScaleIsThatOfAllNodesThatOnePersonChanges() {
    TreeCounter one = new TreeCounter(1_000, PersonBound.ONE_EVENT, EPSILON);
    TreeCounter many =
        new TreeCounter(1_000, new PersonBound(7, 3, BigInteger.valueOf(100)), EPSILON);

    assertThat(one.sensitivity()).isEqualTo(one.shape().levels());
    assertThat(one.law().scale()).isEqualTo(Rational.of(10L * one.shape().levels(), 1));
    assertThat(many.sensitivity()).isEqualTo(7L * 3 * 100 * one.shape().levels());
    assertThat(many.meanSquaredError() / one.meanSquaredError())
        .isCloseTo(2_100.0 * 2_100, within(2_000.0));
    assertThat(new TreeCounter(5, new PersonBound(99, 1, BigInteger.ONE), EPSILON).sensitivity())
        .isEqualTo(5);
  }

  @Test
  void theErrorOfAStepIsThatOfItsNodes() {
    TreeCounter counter = counter(1_000_000);
    double scale = counter.shape().levels() * 10.0;

    assertThat(counter.variance(1)).isCloseTo(2 * scale * scale, within(0.5));
    assertThat(counter.variance(counter.shape().arity())).isEqualTo(counter.variance(1));
    assertThat(counter.variance(9)).isCloseTo(9 * counter.variance(1), within(1e-6));
    assertThat(counter.meanSquaredError() * 0.01).isBetween(1_100.0, 1_150.0);
    assertThat(counter.halfWidth95(1)).isEqualTo(counter.law().halfWidth95());
    assertThat(counter.halfWidth95(9).doubleValue())
        .isCloseTo(1.96 * Math.sqrt(counter.variance(9)), within(0.05 * 3 * scale));
  }

  @Test
  void nothingIsReleasedAfterTheLastStep() {
    TreeCounter counter = counter(1);
    CounterState last = counter.next(counter.start(), BigInteger.TEN, Runs.NONE).state();

    assertThatThrownBy(() -> counter.next(last, BigInteger.ONE, Runs.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("10");
    assertThatThrownBy(() -> counter.variance(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counter.halfWidth95(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherParametersHaveAnotherName() {
    assertThat(counter(10).parameters())
        .isEqualTo("tree.v1 10 21 10/1")
        .isNotEqualTo(counter(11).parameters())
        .isNotEqualTo(new TreeCounter(10, PersonBound.ONE_EVENT, Rational.of(1, 5)).parameters());
  }

  private static TreeCounter counter(long steps) {
    return new TreeCounter(steps, PersonBound.ONE_EVENT, EPSILON);
  }
}
