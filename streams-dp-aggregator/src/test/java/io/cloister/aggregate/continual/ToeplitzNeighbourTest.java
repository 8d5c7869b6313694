// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.noise.Rational;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What one person changes is never more than declared, and mistakes about it are noticed. */
class ToeplitzNeighbourTest {
  private static final Rational RHO = Rational.of(1, 10);
  private static final NodeNoise EACH_ITS_OWN = (level, index) -> BigInteger.valueOf(index);

  @Property(tries = 100)
  void noNeighbourChangesTheNoiseByMoreThanDeclared(
      @ForAll @IntRange(min = 1, max = 200) int steps,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 1, max = 50) int magnitude,
      @ForAll long seed) {
    ToeplitzCounter counter = counter(steps, count, magnitude);
    Random random = new Random(seed);
    long[] stream = Runs.stream(random, steps);
    long[] neighbour = stream.clone();
    for (int i = 0; i < count; i++) {
      int step = random.nextInt(steps);
      neighbour[step] = stream[step] + random.nextInt(2 * magnitude + 1) - magnitude;
    }

    Replay replay = replay(counter, EACH_ITS_OWN, stream, neighbour, seed);

    assertThat(replay.sameReleases()).isTrue();
    assertThat(replay.squaredL2()).isLessThanOrEqualTo(counter.sensitivity().pow(2));
  }

  @Property(tries = 50)
  void thePersonOfTheFirstStepsChangesItByAllThatIsDeclared(
      @ForAll @IntRange(min = 1, max = 200) int steps,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll long seed) {
    ToeplitzCounter counter = counter(steps, count, 7);

    Replay replay =
        replay(counter, EACH_ITS_OWN, new long[steps], firstSteps(steps, count, 7), seed);

    // What is missing is the margin for rounding, in which no two runs meet the worst case.
    double share = replay.squaredL2().doubleValue() / counter.sensitivity().pow(2).doubleValue();
    assertThat(share).isBetween(1 - 1e-6, 1.0);
  }

  @Test
  void aPersonInSeveralGroupsChangesAllOfThemTogetherByWhatIsDeclared() {
    int groups = 3;
    ToeplitzCounter counter =
        new ToeplitzCounter(50, new PersonBound(4, groups, BigInteger.TWO), RHO);
    BigInteger all = BigInteger.ZERO;
    for (int group = 0; group < groups; group++) {
      all =
          all.add(
              replay(counter, EACH_ITS_OWN, new long[50], firstSteps(50, 4, 2), group).squaredL2());
    }

    double share = all.doubleValue() / counter.sensitivity().pow(2).doubleValue();
    assertThat(share).isBetween(1 - 1e-6, 1.0);
  }

  @Test
  void forgettingThatAPersonCountsInSeveralStepsIsNoticed() {
    ToeplitzCounter forgetful = counter(100, 1, 1);

    Replay replay = replay(forgetful, EACH_ITS_OWN, new long[100], firstSteps(100, 2, 1), 1);

    assertThat(replay.squaredL2()).isGreaterThan(forgetful.sensitivity().pow(2));
  }

  @Test
  void forgettingThatColumnsOverlapIsNoticed() {
    ToeplitzMatrix matrix = ToeplitzDesign.best(100, 3);
    ToeplitzCounter counter =
        new ToeplitzCounter(100, new PersonBound(3, 1, BigInteger.ONE), RHO, matrix);
    ToeplitzCounter single = new ToeplitzCounter(100, PersonBound.ONE_EVENT, RHO, matrix);
    // On the same grid: three columns as if they were orthogonal.
    BigInteger forgetful =
        single
            .sensitivity()
            .pow(2)
            .multiply(BigInteger.valueOf(3))
            .multiply(counter.grid().pow(2))
            .divide(single.grid().pow(2));

    Replay replay = replay(counter, EACH_ITS_OWN, new long[100], firstSteps(100, 3, 1), 2);

    assertThat(replay.squaredL2())
        .isGreaterThan(forgetful)
        .isLessThanOrEqualTo(counter.sensitivity().pow(2));
  }

  @Test
  void aLifeOneStepShorterIsNoticedWhereStepsAreFew() {
    ToeplitzMatrix matrix = ToeplitzDesign.best(10, 1);
    ToeplitzCounter counter = new ToeplitzCounter(10, PersonBound.ONE_EVENT, RHO, matrix);
    ToeplitzCounter shorter = new ToeplitzCounter(9, PersonBound.ONE_EVENT, RHO, matrix);

    Replay replay = replay(counter, EACH_ITS_OWN, new long[10], firstSteps(10, 1, 1), 3);

    assertThat(shorter.grid()).isEqualTo(counter.grid());
    assertThat(replay.squaredL2()).isGreaterThan(shorter.sensitivity().pow(2));
  }

  @Test
  void oneNoiseForTwoStepsIsNoticed() {
    NodeNoise shared = (level, index) -> BigInteger.valueOf(index / 2);

    Replay replay = replay(counter(100, 1, 1), shared, new long[100], firstSteps(100, 1, 1), 4);

    assertThat(replay.sameReleases()).isFalse();
  }

  private static Replay replay(
      ToeplitzCounter counter, NodeNoise node, long[] stream, long[] neighbour, long seed) {
    return Replay.ofToeplitz(counter, node, stream, neighbour, Runs.arbitrary(seed, 39));
  }

  private static long[] firstSteps(int steps, int count, long value) {
    long[] stream = new long[steps];
    for (int i = 0; i < Math.min(count, steps); i++) {
      stream[i] = value;
    }
    return stream;
  }

  private static ToeplitzCounter counter(int steps, int count, int magnitude) {
    return new ToeplitzCounter(
        steps, new PersonBound(count, 1, BigInteger.valueOf(magnitude)), RHO);
  }
}
