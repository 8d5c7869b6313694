// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.noise.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What one person changes is never more than declared, and mistakes about it are noticed. */
class TreeNeighbourTest {
  private static final Rational EPSILON = Rational.of(1, 1);

  @Property(tries = 200)
  void noNeighbourChangesTheNodesByMoreThanDeclared(
      @ForAll @IntRange(min = 1, max = 400) int steps,
      @ForAll @IntRange(min = 1, max = 10) int count,
      @ForAll @IntRange(min = 1, max = 50) int magnitude,
      @ForAll long seed) {
    TreeCounter counter = counter(steps, count, magnitude);
    Random random = new Random(seed);
    long[] stream = Runs.stream(random, steps);
    long[] neighbour = stream.clone();
    for (int i = 0; i < count; i++) {
      // The same step twice is once, with the later value.
      int step = random.nextInt(steps);
      neighbour[step] = stream[step] + random.nextInt(2 * magnitude + 1) - magnitude;
    }

    Replay replay = replay(counter, stream, neighbour, seed);

    assertThat(replay.sameReleases()).isTrue();
    assertThat(replay.l1()).isLessThanOrEqualTo(counter.sensitivity());
  }

  @Property(tries = 100)
  void thePersonOfTheFirstStepsChangesThemByAllThatIsDeclared(
      @ForAll @IntRange(min = 30, max = 400) int steps,
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll long seed) {
    TreeCounter counter = counter(steps, count, 5);

    Replay replay = replay(counter, new long[steps], firstSteps(steps, count, 5), seed);

    assertThat(replay.l1()).isEqualTo(counter.sensitivity());
  }

  @Test
  void aPersonInSeveralGroupsChangesAllOfThemTogetherByWhatIsDeclared() {
    TreeCounter counter = new TreeCounter(400, new PersonBound(2, 3, BigInteger.TEN), EPSILON);

    Replay group = replay(counter, new long[400], firstSteps(400, 2, 10), 1);

    assertThat(group.l1().multiply(BigInteger.valueOf(3))).isEqualTo(counter.sensitivity());
  }

  @Test
  void oneLevelTooFewIsNoticed() {
    // Digits 0 to 18 write 10 with one digit; with digits -9 to 9 it takes two: 19 - 9.
    TreeShape shape = new TreeShape(10, 19, 2);
    long levelsWithoutSubtraction = 1;

    Replay replay =
        Replay.ofTree(
            (stream, noise) -> released(shape, stream, noise, true),
            shape,
            new long[10],
            firstSteps(10, 1, 1),
            Runs.arbitrary(1, 20));

    assertThat(replay.sameReleases()).isTrue();
    assertThat(replay.l1())
        .isEqualTo(shape.levels())
        .isGreaterThan(BigInteger.valueOf(levelsWithoutSubtraction));
  }

  @Test
  void forgettingThatAPersonCountsInSeveralStepsIsNoticed() {
    TreeCounter forgetful = counter(100, 1, 1);

    Replay replay = replay(forgetful, new long[100], firstSteps(100, 3, 1), 2);

    assertThat(replay.l1()).isGreaterThan(forgetful.sensitivity());
  }

  @Test
  void subtractingANodeWithoutItsNoiseIsNoticed() {
    TreeShape shape = TreeShape.best(100);

    Replay replay =
        Replay.ofTree(
            (stream, noise) -> released(shape, stream, noise, false),
            shape,
            new long[100],
            firstSteps(100, 100, 1),
            Runs.arbitrary(3, 20));

    assertThat(replay.sameReleases()).isFalse();
  }

  @Test
  void oneNoiseForTwoNodesIsNoticed() {
    TreeCounter counter = counter(100, 1, 1);
    long[] neighbour = new long[100];
    neighbour[20] = 1;
    List<Replay.Mechanism> mistaken =
        List.of(
            (stream, noise) -> Runs.released(counter, stream, (level, index) -> noise.of(0, index)),
            (stream, noise) ->
                Runs.released(counter, stream, (level, index) -> noise.of(level, index / 2)));

    for (Replay.Mechanism mechanism : mistaken) {
      Replay replay =
          Replay.ofTree(
              mechanism, counter.shape(), new long[100], neighbour, Runs.arbitrary(4, 20));
      assertThat(replay.sameReleases()).isFalse();
    }
  }

  @Test
  void noiseOfTheValueIsNoticed() {
    TreeCounter counter = counter(100, 1, 1);

    Replay replay =
        Replay.ofTree(
            (stream, noise) ->
                Runs.released(
                    counter,
                    stream,
                    (level, index) -> noise.of(level, index).add(BigInteger.valueOf(stream[0]))),
            counter.shape(),
            new long[100],
            firstSteps(100, 1, 1),
            Runs.arbitrary(5, 20));

    assertThat(replay.sameReleases()).isFalse();
  }

  private static Replay replay(TreeCounter counter, long[] stream, long[] neighbour, long seed) {
    return Replay.ofTree(
        (values, noise) -> Runs.released(counter, values, noise),
        counter.shape(),
        stream,
        neighbour,
        Runs.arbitrary(seed, 20));
  }

  /** A tree by the definition, with or without noise on what is subtracted. */
  private static List<BigInteger> released(
      TreeShape shape, long[] stream, NodeNoise noise, boolean subtractedToo) {
    List<BigInteger> totals = Runs.totals(stream);
    List<BigInteger> released = new ArrayList<>();
    for (int step = 1; step <= stream.length; step++) {
      BigInteger[] value = {totals.get(step - 1)};
      shape.visit(
          step,
          (level, index, added) -> {
            if (added) {
              value[0] = value[0].add(noise.of(level, index));
            } else if (subtractedToo) {
              value[0] = value[0].subtract(noise.of(level, index));
            }
          });
      released.add(value[0]);
    }
    return released;
  }

  private static long[] firstSteps(int steps, int count, long value) {
    long[] stream = new long[steps];
    for (int i = 0; i < Math.min(count, steps); i++) {
      stream[i] = value;
    }
    return stream;
  }

  private static TreeCounter counter(int steps, int count, int magnitude) {
    return new TreeCounter(
        steps, new PersonBound(count, 1, BigInteger.valueOf(magnitude)), EPSILON);
  }
}
