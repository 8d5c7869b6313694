// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import java.util.Arrays;

/** Puts outcomes onto a grid of losses, from which nothing looks safer than it is. */
final class LossGrid implements LossAtoms.Sink {
  private final int exponent;
  private final double step;

  /** 1 - e^-step, rounded up and down. */
  private final double wholeUp;

  private final double wholeDown;

  private long first;
  private double[] masses = {};
  private double unbounded;

  /** The step is two to the power of the exponent. */
  LossGrid(int exponent) {
    this.exponent = exponent;
    this.step = Math.scalb(1.0, exponent);
    this.wholeUp = -Directed.expm1Down(-step);
    this.wholeDown = -Directed.expm1Up(-step);
  }

  /**
   * An outcome with loss between two points a and a + step goes to both: with probability m in all
   * and m e^-loss without the person, (1 - e^-(loss - a)) / (1 - e^-step) of m goes up, the rest
   * stays below. That is "connect the dots" of Doroshenko et al.
   */
  @Override
  public void add(double loss, double mass) {
    if (mass <= 0) {
      return;
    }
    double position = Math.floor(Math.scalb(loss, -exponent));
    long index = (long) position;
    double over = Math.max(0, Directed.subtractUp(loss, Math.scalb(position, exponent)));
    if (loss == Math.scalb(position, exponent)) {
      put(index, mass);
      return;
    }
    double overDown = Math.max(0, Directed.subtractDown(loss, Math.scalb(position, exponent)));
    double share =
        Math.min(1, Directed.divideUp(-Directed.expm1Down(-Math.min(over, step)), wholeDown));
    double shareDown = Math.max(0, Directed.divideDown(-Directed.expm1Up(-overDown), wholeUp));
    put(index + 1, Directed.multiplyUp(mass, share));
    put(index, Directed.multiplyUp(mass, Directed.subtractUp(1, Math.min(1, shareDown))));
  }

  @Override
  public void addUnbounded(double mass) {
    if (mass > 0) {
      unbounded = Math.min(1, Directed.addUp(unbounded, mass));
    }
  }

  LossDistribution distribution() {
    return LossDistribution.of(
        exponent, first, masses.length == 0 ? new double[1] : masses, unbounded);
  }

  private void put(long index, double mass) {
    if (masses.length == 0) {
      first = index;
      masses = new double[1];
    } else if (index < first || index >= first + masses.length) {
      grow(index);
    }
    int at = (int) (index - first);
    masses[at] = masses[at] == 0 ? mass : Directed.addUp(masses[at], mass);
  }

  private void grow(long index) {
    long from = Math.min(first, index);
    long to = Math.max(first + masses.length, index + 1);
    double[] wider = new double[Math.toIntExact(to - from)];
    System.arraycopy(masses, 0, wider, (int) (first - from), masses.length);
    first = from;
    masses = wider;
  }

  /** Gathers outcomes first, then chooses a step by how far apart they are. */
  static final class Gathering implements LossAtoms.Sink {
    private final int points;
    private double[] losses = new double[16];
    private double[] masses = new double[16];
    private int size;
    private double unbounded;

    Gathering(int points) {
      this.points = points;
    }

    @Override
    public void add(double loss, double mass) {
      if (size == losses.length) {
        losses = Arrays.copyOf(losses, 2 * size);
        masses = Arrays.copyOf(masses, 2 * size);
      }
      losses[size] = loss;
      masses[size++] = mass;
    }

    @Override
    public void addUnbounded(double mass) {
      unbounded = Math.min(1, unbounded + mass);
      unbounded = mass == 0 ? unbounded : Math.nextUp(unbounded);
    }

    LossDistribution distribution() {
      double most = 0;
      for (int i = 0; i < size; i++) {
        most = Math.max(most, Math.abs(losses[i]));
      }
      // The finest step by which -most to most has no more points than wanted.
      int exponent = Math.getExponent(Math.max(most, Double.MIN_NORMAL)) + 2;
      exponent -= Integer.numberOfTrailingZeros(Integer.highestOneBit(points));
      LossGrid grid = new LossGrid(exponent);
      for (int i = 0; i < size; i++) {
        grid.add(losses[i], masses[i]);
      }
      grid.addUnbounded(unbounded);
      return grid.distribution();
    }
  }
}
