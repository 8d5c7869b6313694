// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.util.Arrays;

/**
 * A privacy loss distribution on a grid (Koskela et al., arXiv 1906.03049; Doroshenko et al., arXiv
 * 2207.04380): how likely each loss is, so that composition is convolution and the answer is close
 * to exact. It is pessimistic throughout. An outcome between two grid points is split between them
 * so that its probability on both sides stays the same, which only an observer who knows more could
 * undo; probabilities and sums are rounded up; what is cut off counts as unbounded loss. The
 * convolution is direct rather than by Fourier transform: all terms are above zero, so small
 * probabilities keep their digits.
 *
 * <p>It holds for releases whose parameters were fixed beforehand, or chosen without regard to what
 * earlier releases said.
 */
public final class LossDistribution {
  /** The grid is made coarser above so many points. */
  private static final int MOST_POINTS = 1 << 13;

  /** What a single release is spread over. */
  private static final int FIRST_POINTS = 1 << 13;

  /** Tails up to this probability are cut off at either end, and counted as worse. */
  private static final double CUT = 1e-32;

  /** Nothing was released: no loss, for certain. */
  public static final LossDistribution NOTHING =
      new LossDistribution(Integer.MIN_VALUE, 0, new double[] {1}, 0);

  /** The grid's step is two to this power; {@link Integer#MIN_VALUE} for a grid of zero alone. */
  private final int exponent;

  /** The first loss, in steps. */
  private final long first;

  private final double[] masses;
  private final double unbounded;

  private LossDistribution(int exponent, long first, double[] masses, double unbounded) {
    this.exponent = exponent;
    this.first = first;
    this.masses = masses;
    this.unbounded = unbounded;
  }

  /**
   * @param mechanism one release
   * @return how its loss is distributed, with the person against without
   * @throws IllegalArgumentException for {@link Mechanism.Concentrated}
   */
  public static LossDistribution of(Mechanism mechanism) {
    LossGrid.Gathering gathering = new LossGrid.Gathering(FIRST_POINTS);
    LossAtoms.of(mechanism, gathering);
    LossDistribution one = gathering.distribution();
    return mechanism.coordinates() == 1 ? one : one.times(mechanism.coordinates());
  }

  /** Made by {@link LossGrid} out of outcomes. */
  static LossDistribution of(int exponent, long first, double[] masses, double unbounded) {
    return new LossDistribution(exponent, first, masses, unbounded).trimmed();
  }

  /**
   * @param other what else was released, with noise of its own
   * @return both together
   */
  public LossDistribution plus(LossDistribution other) {
    if (exponent == Integer.MIN_VALUE) {
      return other;
    }
    if (other.exponent == Integer.MIN_VALUE) {
      return this;
    }
    int common = Math.max(exponent, other.exponent);
    LossDistribution left = coarsened(common);
    LossDistribution right = other.coarsened(common);
    double none = Directed.addUp(left.unbounded, right.unbounded);
    return of(
            common,
            left.first + right.first,
            Convolution.up(left.masses, right.masses),
            Math.min(1, left.unbounded == 0 && right.unbounded == 0 ? 0 : none))
        .small();
  }

  /**
   * @param count how often, at least 1
   * @return this release so many times, each with noise of its own
   */
  public LossDistribution times(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("a release happens at least once");
    }
    LossDistribution result = NOTHING;
    LossDistribution power = this;
    for (long left = count; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result.plus(power);
      }
      if (left > 1) {
        power = power.plus(power);
      }
    }
    return result;
  }

  /**
   * @param epsilon any number
   * @return a delta, at most 1, for which (epsilon, delta)-differential privacy holds
   */
  public double delta(double epsilon) {
    double sum = unbounded;
    for (int i = 0; i < masses.length; i++) {
      double loss = loss(first + i);
      if (loss > epsilon && masses[i] > 0) {
        double share = -Directed.expm1Down(Directed.subtractDown(epsilon, loss));
        sum = Directed.addUp(sum, Directed.multiplyUp(masses[i], share));
      }
    }
    return Math.min(1, sum);
  }

  /**
   * @param delta not below 0
   * @return an epsilon, not below 0, for which (epsilon, delta)-differential privacy holds, and
   *     hardly more than the least that this distribution shows; infinite where there is none
   */
  public double epsilon(double delta) {
    if (!(delta >= 0)) {
      throw new IllegalArgumentException("delta is not below 0");
    }
    double high = Math.max(0, loss(first + masses.length - 1));
    if (delta(high) > delta) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    if (delta(low) <= delta) {
      return low;
    }
    for (int i = 0; i < 64 && Math.nextUp(low) < high; i++) {
      double middle = low + (high - low) / 2;
      if (delta(middle) <= delta) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** A multiple of a power of two far from the ends of the range: exact. */
  private double loss(long steps) {
    return exponent == Integer.MIN_VALUE ? 0 : Math.scalb((double) steps, exponent);
  }

  private LossDistribution small() {
    LossDistribution result = this;
    while (result.masses.length > MOST_POINTS) {
      result = result.coarsened(result.exponent + 1);
    }
    return result;
  }

  private LossDistribution coarsened(int to) {
    if (to == exponent) {
      return this;
    }
    LossGrid grid = new LossGrid(to);
    for (int i = 0; i < masses.length; i++) {
      grid.add(loss(first + i), masses[i]);
    }
    grid.addUnbounded(unbounded);
    return grid.distribution();
  }

  private LossDistribution trimmed() {
    int from = 0;
    double low = masses[0];
    while (from + 1 < masses.length && low <= CUT) {
      from++;
      low = Directed.addUp(low, masses[from]);
    }
    int to = masses.length;
    double beyond = 0;
    while (to - 1 > from && Directed.addUp(beyond, masses[to - 1]) <= CUT) {
      to--;
      beyond = masses[to] == 0 ? beyond : Directed.addUp(beyond, masses[to]);
    }
    double[] kept = Arrays.copyOfRange(masses, from, to);
    kept[0] = from == 0 ? kept[0] : Math.max(low, kept[0]);
    double none = beyond == 0 ? unbounded : Math.min(1, Directed.addUp(unbounded, beyond));
    return new LossDistribution(exponent, first + from, kept, none);
  }
}
