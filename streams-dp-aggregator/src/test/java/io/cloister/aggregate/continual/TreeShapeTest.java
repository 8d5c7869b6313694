// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeShapeTest {
  private static final int MILLION = 1_000_000;

  @Test
  void atAMillionStepsTheErrorIsAsPublished() {
    assertThat(squaredError(TreeShape.best(MILLION))).isLessThan(1_150);
  }

  @Test
  void theBinaryTreeWithoutSubtractionHasTheErrorThatIsPublishedForIt() {
    double meanOnes = LongStream.rangeClosed(1, MILLION).map(Long::bitCount).sum() / 1e6;
    int levels = Long.SIZE - Long.numberOfLeadingZeros(MILLION);

    assertThat(2.0 * levels * levels * meanOnes).isCloseTo(7_908, within(1.0));
  }

  @Property(tries = 300)
  void theMeanNumberOfNodesIsWhatCountingGives(
      @ForAll @IntRange(min = 1, max = 3_000) int steps,
      @ForAll @IntRange(min = 1, max = 40) int half) {
    TreeShape shape = shape(steps, 2L * half + 1);

    double counted = LongStream.rangeClosed(1, steps).map(shape::nodes).sum() / (double) steps;

    assertThat(shape.meanNodes()).isCloseTo(counted, within(1e-9));
  }

  @Property(tries = 60)
  void noOtherArityHasLessError(@ForAll @IntRange(min = 1, max = 1_500) int steps) {
    double best = squaredError(TreeShape.best(steps));

    for (long arity = 3; arity <= 2L * steps + 3; arity += 2) {
      assertThat(squaredError(shape(steps, arity))).isGreaterThanOrEqualTo(best);
    }
  }

  @Property(tries = 200)
  void theNodesOfAStepAddUpToAllStepsUntilIt(@ForAll long seed) {
    Random random = new Random(seed);
    int steps = 1 + random.nextInt(2_000);
    TreeShape shape = shape(steps, 3 + 2L * random.nextInt(12));
    int step = 1 + random.nextInt(steps);
    int[] covered = new int[2 * steps * (int) shape.arity() + 2];

    long[] used = new long[1];
    shape.visit(
        step,
        (level, index, added) -> {
          used[0]++;
          assertThat(level).isLessThan(shape.levels());
          long width = BigInteger.valueOf(shape.arity()).pow(level).longValueExact();
          for (long covers = index * width; covers < (index + 1) * width; covers++) {
            covered[(int) covers] += added ? 1 : -1;
          }
        });

    assertThat(used[0]).isEqualTo(shape.nodes(step));
    for (int i = 0; i < covered.length; i++) {
      assertThat(covered[i]).isEqualTo(i < step ? 1 : 0);
    }
  }

  @Test
  void impossibleTreesAreRefused() {
    assertThatThrownBy(() -> TreeShape.best(0)).hasMessageContaining("1 to");
    assertThatThrownBy(() -> new TreeShape(10, 4, 2)).hasMessageContaining("odd");
    assertThatThrownBy(() -> new TreeShape(10, 19, 1)).hasMessageContaining("need 2 levels");
    assertThat(TreeShape.best(TreeShape.MAX_STEPS).levels()).isBetween(5, 9);
    assertThatThrownBy(() -> TreeShape.best(TreeShape.MAX_STEPS + 1)).hasMessageContaining("1 to");
  }

  /** Times 1 / epsilon^2. */
  private static double squaredError(TreeShape shape) {
    return 2.0 * shape.levels() * shape.levels() * shape.meanNodes();
  }

  private static TreeShape shape(long steps, long arity) {
    int levels = 1;
    long largest = (arity - 1) / 2;
    while (largest < steps) {
      largest = largest * arity + (arity - 1) / 2;
      levels++;
    }
    return new TreeShape(steps, arity, levels);
  }
}
