// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloister.aggregate.continual.ToeplitzMatrix.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed forms against the matrices written out entry by entry. */
class ToeplitzErrorTest {
  @ParameterizedTest
  @CsvSource({"1000, 9.8, 9.6239", "1000000, 29, 28.1149"})
  void theMeanSquaredErrorIsAsPublished(int steps, double limit, double squareRoot) {
    Sequences ours = Sequences.of(ToeplitzDesign.best(steps, 1), steps);
    Sequences root = Sequences.ofSquareRoot(steps);

    assertThat(ours.squaredNorm(1) * ours.meanVariance()).isLessThan(limit);
    assertThat(root.squaredNorm(1) * root.meanVariance()).isCloseTo(squareRoot, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "5, 5", "52, 1", "52, 30", "365, 7", "1000, 1", "1000, 100", "20000, 30"})
  void closedFormsAreWhatTheMatricesGive(int steps, int count) {
    ToeplitzMatrix matrix = ToeplitzDesign.best(steps, count);
    Sequences written = Sequences.of(matrix, steps);
    ToeplitzError closed = ToeplitzError.of(matrix);

    assertThat(closed.squaredNormOfFirst(count, steps) / written.squaredNorm(count))
        .isCloseTo(1, within(1e-9));
    assertThat(closed.meanVariance(steps) / written.meanVariance()).isCloseTo(1, within(1e-9));
    assertThat(closed.variance(steps) / written.variance(steps)).isCloseTo(1, within(1e-9));
    assertThat(closed.variance(1)).isCloseTo(1, within(1e-9));
    assertThat(closed.variance(3) / written.variance(3)).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "52, 1",
    "52, 5",
    "365, 1",
    "365, 30",
    "1000, 1",
    "1000, 30",
    "10000, 10",
    "100, 100"
  })
  void theDesignIsAtLeastAsGoodAsSquareRootIdentityAndItsNeighbours(int steps, int count) {
    ToeplitzMatrix matrix = ToeplitzDesign.best(steps, count);
    Sequences root = Sequences.ofSquareRoot(steps);
    double error = error(matrix, steps, count);

    assertThat(error).isLessThanOrEqualTo(root.squaredNorm(count) * root.meanVariance());
    assertThat(error).isLessThanOrEqualTo(count * (steps + 1) / 2.0);
    for (int i = 0; i < matrix.modes().size(); i++) {
      for (double factor : new double[] {0.8, 1.25}) {
        assertThat(error(with(matrix, i, factor, 1), steps, count)).isGreaterThan(error * 0.995);
        assertThat(error(with(matrix, i, 1, factor), steps, count)).isGreaterThan(error * 0.995);
      }
    }
  }

  /** On every platform and in every version: other numbers are another mechanism. */
  @Test
  void theDesignIsTheSameForEver() {
    assertThat(ToeplitzDesign.best(365, 1).modes())
        .containsExactly(
            new Mode(5042975571L, 7687696643L),
            new Mode(117950313570L, 8588340635L),
            new Mode(185402776688L, 92752984055L),
            new Mode(241603461938L, 503696651484L));
    assertThat(ToeplitzDesign.best(52, 5).modes())
        .containsExactly(new Mode(147684588223L, 53921877843L));
    assertThat(ToeplitzDesign.best(365, 300).modes()).isEmpty();
  }

  private static double error(ToeplitzMatrix matrix, int steps, int count) {
    Sequences written = Sequences.of(matrix, steps);
    return written.squaredNorm(count) * written.meanVariance();
  }

  private static ToeplitzMatrix with(ToeplitzMatrix matrix, int at, double weight, double gap) {
    List<Mode> modes = new ArrayList<>(matrix.modes());
    Mode old = modes.get(at);
    modes.set(
        at,
        Mode.of(
            Math.max(old.weightAsDouble() * weight, 1e-11), Math.min(1, old.gapAsDouble() * gap)));
    return new ToeplitzMatrix(modes);
  }

  /** First columns of C and of B = A C^-1. */
  private static final class Sequences {
    private final double[] c;
    private final double[] b;

    private Sequences(double[] c, double[] b) {
      this.c = c;
      this.b = b;
    }

    static Sequences of(ToeplitzMatrix matrix, int steps) {
      double[] c = new double[steps];
      double[] b = new double[steps];
      int modes = matrix.modes().size();
      double[] power = new double[modes];
      double[] state = new double[modes];
      double total = 0;
      for (int j = 0; j < steps; j++) {
        c[j] = j == 0 ? 1 : 0;
        double own = j == 0 ? 1 : 0;
        for (int i = 0; i < modes; i++) {
          Mode mode = matrix.modes().get(i);
          c[j] += mode.weightAsDouble() * power[i];
          power[i] = j == 0 ? 1 : power[i] * (1 - mode.gapAsDouble());
          own -= mode.weightAsDouble() * state[i];
        }
        for (int i = 0; i < modes; i++) {
          state[i] = state[i] * (1 - matrix.modes().get(i).gapAsDouble()) + own;
        }
        total += own;
        b[j] = total;
      }
      return new Sequences(c, b);
    }

    /** Fichtenberger, Henzinger and Upadhyay: C = B, squared it is A. */
    static Sequences ofSquareRoot(int steps) {
      double[] c = new double[steps];
      c[0] = 1;
      for (int j = 1; j < steps; j++) {
        c[j] = c[j - 1] * (1 - 0.5 / j);
      }
      return new Sequences(c, c);
    }

    double squaredNorm(int count) {
      double window = 0;
      double sum = 0;
      for (int j = 0; j < c.length; j++) {
        window += c[j] - (j >= count ? c[j - count] : 0);
        sum += window * window;
      }
      return sum;
    }

    double variance(int step) {
      double sum = 0;
      for (int j = 0; j < step; j++) {
        sum += b[j] * b[j];
      }
      return sum;
    }

    double meanVariance() {
      double sum = 0;
      for (int j = 0; j < b.length; j++) {
        sum += b[j] * b[j] * (b.length - j);
      }
      return sum / b.length;
    }
  }
}
