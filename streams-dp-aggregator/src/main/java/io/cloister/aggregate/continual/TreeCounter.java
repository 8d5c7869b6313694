// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.Rational;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * Running totals under pure epsilon: {@link TreeShape}'s tree with discrete Laplace noise on every
 * node, integers throughout.
 *
 * <p>A release is the exact total plus the noise of added and minus the noise of subtracted nodes.
 * That is what adding up noisy nodes gives, for the nodes' exact counts add up to the total. So all
 * releases follow from the noisy nodes, each step is part of one node of each level, and one person
 * changes the nodes by at most {@link #sensitivity} in all.
 */
public final class TreeCounter implements ContinualCounter {
  private final TreeShape shape;
  private final PersonBound bound;
  private final DiscreteLaplace law;

  /**
   * @param steps how many steps the life has, 1 to {@link TreeShape#MAX_STEPS}
   * @param bound what one person can change
   * @param epsilon what the whole life costs
   */
  public TreeCounter(long steps, PersonBound bound, Rational epsilon) {
    this.shape = TreeShape.best(steps);
    this.bound = bound;
    this.law =
        new DiscreteLaplace(
            new Rational(sensitivity().multiply(epsilon.denominator()), epsilon.numerator()));
  }

  /**
   * @return how much one person can change all nodes of all groups together, absolute values added
   *     up
   */
  public BigInteger sensitivity() {
    return bound
        .l1PerStep()
        .multiply(BigInteger.valueOf(Math.min(bound.steps(), shape.steps())))
        .multiply(BigInteger.valueOf(shape.levels()));
  }

  /**
   * @return the tree
   */
  public TreeShape shape() {
    return shape;
  }

  @Override
  public DiscreteLaplace law() {
    return law;
  }

  @Override
  public long steps() {
    return shape.steps();
  }

  @Override
  public PersonBound bound() {
    return bound;
  }

  @Override
  public String parameters() {
    return String.join(
        " ",
        "tree.v1",
        Long.toString(shape.steps()),
        Long.toString(shape.arity()),
        law.scale().numerator() + "/" + law.scale().denominator());
  }

  @Override
  public CounterState start() {
    return new CounterState(0, BigInteger.ZERO, List.of());
  }

  @Override
  public Step next(CounterState state, BigInteger increment, NodeNoise noise) {
    if (finished(state) || !state.noise().isEmpty()) {
      throw new IllegalArgumentException(
          "no state of a tree with steps left out of " + steps() + ": " + state);
    }
    CounterState after =
        new CounterState(state.step() + 1, state.total().add(increment), List.of());
    BigInteger[] released = {after.total()};
    shape.visit(
        after.step(),
        (level, index, added) -> {
          BigInteger value = noise.of(level, index);
          released[0] = added ? released[0].add(value) : released[0].subtract(value);
        });
    return new Step(after, released[0]);
  }

  @Override
  public double variance(long step) {
    requireStep(step);
    return shape.nodes(step) * law.variance();
  }

  @Override
  public BigInteger halfWidth95(long step) {
    requireStep(step);
    long nodes = shape.nodes(step);
    return nodes == 1 ? law.halfWidth95() : LaplaceSum.halfWidth95(nodes, scale());
  }

  @Override
  public double meanSquaredError() {
    return shape.meanNodes() * law.variance();
  }

  private double scale() {
    return law.scale().toDecimal(MathContext.DECIMAL64).doubleValue();
  }

  private void requireStep(long step) {
    if (step < 1 || step > steps()) {
      throw new IllegalArgumentException("a step is 1 to " + steps() + ", not " + step);
    }
  }
}
