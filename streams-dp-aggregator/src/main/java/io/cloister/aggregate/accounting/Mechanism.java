// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;

/** One release, as far as it matters to privacy: all figures of one query and window. */
public sealed interface Mechanism {
  /**
   * @return a bound on what it tells at every order, but for failures as rare as {@link #delta}
   */
  RenyiCurve renyi();

  /**
   * @return how likely it fails at most, in which case it may tell anything
   */
  default BigDecimal delta() {
    return BigDecimal.ZERO;
  }

  /**
   * @return how many figures one person can shift, each with noise of its own
   */
  default long coordinates() {
    return 1;
  }

  /**
   * @param epsilon not below zero
   * @return anything of which no more is known than that it is pure
   */
  static Mechanism pure(BigDecimal epsilon) {
    return new Approximate(epsilon, BigDecimal.ZERO);
  }

  /**
   * Anything of which no more is known than its epsilon and delta, such as the selection of groups.
   *
   * @param epsilon not below zero
   * @param delta from 0 to 1
   */
  record Approximate(BigDecimal epsilon, BigDecimal delta) implements Mechanism {
    /** Refuses amounts out of range. */
    public Approximate {
      if (epsilon.signum() < 0 || delta.signum() < 0 || delta.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException("epsilon is not below 0, delta from 0 to 1");
      }
    }

    @Override
    public RenyiCurve renyi() {
      return RenyiCurve.pure(epsilon);
    }
  }

  /**
   * Anything of which no more is known than its rho, such as correlated noise. How its loss is
   * distributed is not known.
   *
   * @param rho not below zero
   * @param delta from 0 to 1
   */
  record Concentrated(BigDecimal rho, BigDecimal delta) implements Mechanism {
    /** Refuses amounts out of range. */
    public Concentrated {
      if (rho.signum() < 0 || delta.signum() < 0 || delta.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException("rho is not below 0, delta from 0 to 1");
      }
    }

    @Override
    public RenyiCurve renyi() {
      return RenyiCurve.concentrated(rho);
    }
  }

  /**
   * Discrete Laplace noise on figures that are shifted by one person.
   *
   * @param scale of the noise, in units of the figures
   * @param shift how far one person moves a figure at most, in the same units, above zero
   * @param coordinates how many figures one person moves at most, at least 1
   */
  record DiscreteLaplace(Rational scale, BigInteger shift, long coordinates) implements Mechanism {
    /** Refuses what is not above zero. */
    public DiscreteLaplace {
      requireShift(shift, coordinates);
    }

    /** Its epsilon, exact: shift x coordinates / scale. */
    private BigDecimal epsilon() {
      return Directed.quotientUp(
          shift.multiply(BigInteger.valueOf(coordinates)).multiply(scale.denominator()),
          scale.numerator());
    }

    @Override
    public RenyiCurve renyi() {
      BigDecimal each = Directed.quotientUp(shift.multiply(scale.denominator()), scale.numerator());
      return RenyiCurve.pure(each).times(coordinates).least(RenyiCurve.pure(epsilon()));
    }
  }

  /**
   * Discrete Gaussian noise on figures that are shifted by one person.
   *
   * @param variance the parameter sigma squared, in squared units of the figures
   * @param shift how far one person moves a figure at most, in the same units, above zero
   * @param coordinates how many figures one person moves at most, at least 1
   */
  record DiscreteGaussian(Rational variance, BigInteger shift, long coordinates)
      implements Mechanism {
    /** Refuses what is not above zero. */
    public DiscreteGaussian {
      requireShift(shift, coordinates);
    }

    @Override
    public RenyiCurve renyi() {
      // rho = coordinates shift^2 / (2 sigma^2).
      return RenyiCurve.concentrated(
          Directed.quotientUp(
              shift
                  .multiply(shift)
                  .multiply(BigInteger.valueOf(coordinates))
                  .multiply(variance.denominator()),
              variance.numerator().shiftLeft(1)));
    }
  }

  private static void requireShift(BigInteger shift, long coordinates) {
    if (shift.signum() <= 0 || coordinates < 1) {
      throw new IllegalArgumentException("shift and coordinates are above zero");
    }
  }
}
