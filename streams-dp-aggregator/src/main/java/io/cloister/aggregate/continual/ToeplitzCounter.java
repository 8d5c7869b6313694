// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.DiscreteGaussian;
import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Running totals under zero-concentrated differential privacy: noise correlated over time by a
 * {@link ToeplitzMatrix} C, so that most of what one step's noise adds is taken back by later ones.
 *
 * <p>Totals are counted on a grid of 1 / {@link #grid}, and all arithmetic on the grid is of
 * integers. A step adds to the output, on the grid, the increment times {@code grid} plus w, where
 *
 * <pre>  w_t = z_t - round(sum over i of weight_i p_i),   p_i = floor((1 - gap_i) p_i) + w_t</pre>
 *
 * and z_t is discrete Gaussian. So C w = z but for what is rounded, and the output's noise A w is
 * that of the factorization A = (A C^-1) C.
 *
 * <p><b>Why it is private, exactly.</b> The p_i are functions of the w before t, and these of
 * earlier outputs and increments. So, given the outputs before, an output is z_t plus an integer:
 * steps are discrete Gaussian mechanisms composed adaptively. With a person's increments d taken
 * out, outputs being equal, w changes by {@code grid} d and the integer by row t of {@code grid} C
 * d plus what rounding differs by, less than 2 in all ({@link #ROUNDING}). The squares of these
 * changes over all steps add up to at most {@link #sensitivity} squared whatever the outputs are,
 * and a discrete Gaussian of variance sensitivity^2 / (2 rho) is rho-zCDP (Canonne, Kamath and
 * Steinke, arXiv 2004.00010, proposition 5). What is released is rounded from the grid to an
 * integer, after the fact.
 */
public final class ToeplitzCounter implements ContinualCounter {
  /** The most steps. */
  public static final long MAX_STEPS = 1L << 22;

  /** Binary places that the p_i have below the grid. */
  private static final int PLACES = 40;

  /**
   * By how much at most the integer of a step differs from the linear formula, between two runs. A
   * p_i loses less than 2^-40 a step to rounding down, so less than 2^-18 in all, and weights add
   * up to at most 1; rounding their sum differs by at most 1.
   */
  private static final long ROUNDING = 2;

  /** The standard deviation on the grid has at least so many bits. */
  private static final int GRID_BITS = 38;

  private static final double NORMAL_95 = 1.959963984540054;

  private final long steps;
  private final PersonBound bound;
  private final ToeplitzMatrix matrix;
  private final ToeplitzError error;
  private final int gridBits;
  private final BigInteger sensitivity;
  private final DiscreteGaussian law;

  /**
   * @param steps how many steps the life has, 1 to {@link #MAX_STEPS}
   * @param bound what one person can change
   * @param rho what the whole life costs
   */
  public ToeplitzCounter(long steps, PersonBound bound, Rational rho) {
    this(steps, bound, rho, design(steps, bound));
  }

  ToeplitzCounter(long steps, PersonBound bound, Rational rho, ToeplitzMatrix matrix) {
    this.steps = steps;
    this.bound = bound;
    this.matrix = matrix;
    this.error = ToeplitzError.of(matrix);
    long count = Math.min(bound.steps(), steps);
    BigInteger squaredNorm =
        matrix.squaredNormOfFirst(count, steps).multiply(bound.squaredL2PerStep());
    this.gridBits = gridBits(squaredNorm, rho);
    // A person can touch other groups in each step, and each may have rounding in every step.
    BigInteger rounded =
        BigInteger.valueOf(count)
            .multiply(BigInteger.valueOf(bound.groupsPerStep()))
            .multiply(BigInteger.valueOf(steps));
    BigInteger squaredOnGrid =
        squaredNorm.shiftLeft(2 * gridBits).shiftRight(ToeplitzMatrix.PLACES).add(BigInteger.ONE);
    this.sensitivity =
        rootUp(squaredOnGrid).add(rootUp(rounded).multiply(BigInteger.valueOf(ROUNDING)));
    this.law =
        new DiscreteGaussian(
            new Rational(
                sensitivity.pow(2).multiply(rho.denominator()), rho.numerator().shiftLeft(1)));
  }

  private static ToeplitzMatrix design(long steps, PersonBound bound) {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "a counter has 1 to " + MAX_STEPS + " steps, not " + steps);
    }
    return ToeplitzDesign.best(steps, Math.min(bound.steps(), steps));
  }

  /** So fine a grid that neither its steps nor rounding show beside the noise. */
  private static int gridBits(BigInteger squaredNorm, Rational rho) {
    int bitsOfVariance =
        squaredNorm.multiply(rho.denominator()).bitLength()
            - rho.numerator().bitLength()
            - ToeplitzMatrix.PLACES;
    return Math.max(0, GRID_BITS - Math.floorDiv(bitsOfVariance, 2));
  }

  private static BigInteger rootUp(BigInteger square) {
    BigInteger root = square.sqrt();
    return root.pow(2).equals(square) ? root : root.add(BigInteger.ONE);
  }

  /**
   * @return into how many parts a unit of the released value is divided, a power of two
   */
  public BigInteger grid() {
    return BigInteger.ONE.shiftLeft(gridBits);
  }

  /**
   * @return how much one person can change the integers on the grid that noise is added to, over
   *     all steps and groups: the root of the sum of squares, rounded up
   */
  public BigInteger sensitivity() {
    return sensitivity;
  }

  /** Of a step, on the grid. */
  @Override
  public DiscreteGaussian law() {
    return law;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public PersonBound bound() {
    return bound;
  }

  @Override
  public String parameters() {
    String modes =
        matrix.modes().stream()
            .map(mode -> mode.weight() + "," + mode.gap())
            .collect(Collectors.joining(";"));
    return String.join(
        " ",
        "toeplitz.v1",
        Long.toString(steps),
        Integer.toString(gridBits),
        law.sigmaSquared().numerator() + "/" + law.sigmaSquared().denominator(),
        modes);
  }

  @Override
  public CounterState start() {
    return new CounterState(
        0, BigInteger.ZERO, Collections.nCopies(1 + matrix.modes().size(), BigInteger.ZERO));
  }

  @Override
  public Step next(CounterState state, BigInteger increment, NodeNoise noise) {
    List<BigInteger> before = state.noise();
    if (finished(state) || before.size() != 1 + matrix.modes().size()) {
      throw new IllegalArgumentException(
          "no state of this counter with steps left out of " + steps + ": " + state);
    }
    BigInteger own = noise.of(0, state.step()).subtract(correction(before));
    List<BigInteger> after = new ArrayList<>();
    after.add(before.get(0).add(own));
    for (int i = 0; i < matrix.modes().size(); i++) {
      BigInteger kept = BigInteger.valueOf(ToeplitzMatrix.ONE - matrix.modes().get(i).gap());
      after.add(
          before
              .get(1 + i)
              .multiply(kept)
              .shiftRight(ToeplitzMatrix.PLACES)
              .add(own.shiftLeft(PLACES)));
    }
    CounterState next = new CounterState(state.step() + 1, state.total().add(increment), after);
    return new Step(next, next.total().add(nearest(after.get(0), gridBits)));
  }

  /** What of earlier noise is taken back, on the grid. */
  private BigInteger correction(List<BigInteger> noise) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < matrix.modes().size(); i++) {
      sum = sum.add(noise.get(1 + i).multiply(BigInteger.valueOf(matrix.modes().get(i).weight())));
    }
    return nearest(sum, ToeplitzMatrix.PLACES + PLACES);
  }

  private static BigInteger nearest(BigInteger number, int places) {
    return places == 0
        ? number
        : number.add(BigInteger.ONE.shiftLeft(places - 1)).shiftRight(places);
  }

  @Override
  public double variance(long step) {
    if (step < 1 || step > steps) {
      throw new IllegalArgumentException("a step is 1 to " + steps + ", not " + step);
    }
    return variance(error.variance(step));
  }

  @Override
  public BigInteger halfWidth95(long step) {
    double width = NORMAL_95 * Math.sqrt(variance(step));
    return new BigDecimal(Math.ceil(width)).toBigIntegerExact();
  }

  @Override
  public double meanSquaredError() {
    return variance(error.meanVariance(steps));
  }

  private double variance(double factor) {
    // Rounding from the grid to integers is uniform.
    double rounding = gridBits == 0 ? 0 : 1 / 12.0;
    return law.variance() * Math.pow(0.25, gridBits) * factor + rounding;
  }
}
