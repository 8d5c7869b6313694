// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.continual.ToeplitzMatrix.Mode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ToeplitzMatrixTest {
  private static final BigDecimal NEARLY_ONE = new BigDecimal("1.0000000001");

  private static final BigDecimal UNIT =
      BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(ToeplitzMatrix.PLACES)));

  @Property(tries = 30)
  void theNormIsRoundedUpAndByLittle(
      @ForAll @IntRange(min = 1, max = 30) int steps, @ForAll long seed) {
    Random random = new Random(seed);
    ToeplitzMatrix matrix = anyMatrix(random);
    int count = 1 + random.nextInt(steps);
    long[] first = new long[steps];
    for (int i = 0; i < count; i++) {
      first[i] = 1;
    }

    BigDecimal exact = exactSquaredNorm(matrix, first);
    BigDecimal bound = new BigDecimal(matrix.squaredNormOfFirst(count, steps)).multiply(UNIT);

    assertThat(bound).isBetween(exact, exact.multiply(NEARLY_ONE).add(UNIT));
  }

  @Property(tries = 100)
  void noOtherStepsOfAPersonHaveALargerNormThanTheFirst(
      @ForAll @IntRange(min = 1, max = 25) int steps, @ForAll long seed) {
    Random random = new Random(seed);
    ToeplitzMatrix matrix = anyMatrix(random);
    int count = 1 + random.nextInt(steps);
    TreeSet<Integer> chosen = new TreeSet<>();
    while (chosen.size() < count) {
      chosen.add(random.nextInt(steps));
    }
    long[] change = new long[steps];
    chosen.forEach(step -> change[step] = random.nextBoolean() ? 1 : random.nextInt(3) - 1);

    BigDecimal bound = new BigDecimal(matrix.squaredNormOfFirst(count, steps)).multiply(UNIT);

    assertThat(exactSquaredNorm(matrix, change)).isLessThanOrEqualTo(bound);
  }

  @Test
  void theIdentityChangesAsMuchAsThePerson() {
    assertThat(new ToeplitzMatrix(List.of()).squaredNormOfFirst(3, 10))
        .isEqualTo(3 * ToeplitzMatrix.ONE);
  }

  @Test
  void aMatrixWhoseEntriesCouldGrowIsRefused() {
    Mode heavy = Mode.of(0.6, 0.5);
    assertThatThrownBy(() -> new ToeplitzMatrix(List.of(heavy, heavy)))
        .hasMessageContaining("at most 1");
    assertThatThrownBy(() -> Mode.of(-0.1, 0.5)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Mode.of(0.1, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Mode.of(0.1, 1.1)).hasMessageContaining("at most 1");
  }

  /** Up to what floating point can say, which is less. */
  @Test
  void theNormOverManyStepsIsThatOfTheClosedForm() {
    ToeplitzMatrix matrix = ToeplitzDesign.best(100_000, 3);
    double bound = matrix.squaredNormOfFirst(3, 100_000).doubleValue() / ToeplitzMatrix.ONE;

    assertThat(bound / ToeplitzError.of(matrix).squaredNormOfFirst(3, 100_000))
        .isCloseTo(1, within(1e-9));
  }

  private static ToeplitzMatrix anyMatrix(Random random) {
    return new ToeplitzMatrix(
        List.of(
            Mode.of(random.nextDouble() * 0.5 + 1e-6, 1 - random.nextDouble() * 0.9),
            Mode.of(random.nextDouble() * 0.4 + 1e-6, random.nextDouble() * 0.1 + 1e-6)));
  }

  /** By the definition, in fractions. */
  private static BigDecimal exactSquaredNorm(ToeplitzMatrix matrix, long[] change) {
    BigDecimal[] column = new BigDecimal[change.length];
    for (int j = 0; j < column.length; j++) {
      column[j] = j == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
      for (Mode mode : matrix.modes()) {
        if (j > 0) {
          BigDecimal kept = BigDecimal.valueOf(ToeplitzMatrix.ONE - mode.gap()).multiply(UNIT);
          column[j] =
              column[j].add(
                  BigDecimal.valueOf(mode.weight()).multiply(UNIT).multiply(kept.pow(j - 1)));
        }
      }
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (int row = 0; row < change.length; row++) {
      BigDecimal entry = BigDecimal.ZERO;
      for (int step = 0; step <= row; step++) {
        entry = entry.add(column[row - step].multiply(BigDecimal.valueOf(change[step])));
      }
      sum = sum.add(entry.pow(2));
    }
    return sum;
  }
}
