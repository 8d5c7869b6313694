// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import io.cloister.aggregate.noise.Noise;
import java.math.BigInteger;

/**
 * The mechanism behind the counters of one query: one counter a group, all alike. It is immutable
 * and holds no counts; a counter is a {@link CounterState} and the group's {@link NodeNoise}.
 *
 * <p>All releases of all the query's counters, over the whole life and seen together, cost a person
 * the mechanism's privacy once, to be charged at the start, if {@link #bound} is enforced. That
 * also holds where later data depend on earlier releases.
 */
public sealed interface ContinualCounter permits TreeCounter, ToeplitzCounter {
  /**
   * @return how many steps the life has
   */
  long steps();

  /**
   * @return what one person can change
   */
  PersonBound bound();

  /**
   * What, together with the counter's and group's name, a node's identity has to contain, so that
   * mechanisms with different parameters share no noise. Kept from the counter's start on: where it
   * is another one later, the counter must not go on.
   *
   * @return all parameters as text
   */
  String parameters();

  /**
   * @return the state before the first step
   */
  CounterState start();

  /**
   * Does one step. The same state, increment and noise give the same result, always.
   *
   * @param state the state before it
   * @param increment the exact count or sum of this step
   * @param noise the group's noise
   * @return the state after it, and the release
   * @throws IllegalArgumentException if the life is over, or the state is none of this mechanism
   */
  Step next(CounterState state, BigInteger increment, NodeNoise noise);

  /**
   * @return the noise of one node
   */
  Noise law();

  /**
   * @param bits a group's random bits by identity
   * @return the group's noise, of exactly the distribution that this mechanism needs
   */
  default NodeNoise noise(NodeBits bits) {
    Noise law = law();
    return (level, index) -> law.sample(bits.of(level, index));
  }

  /**
   * @param step from 1 to {@link #steps}
   * @return the variance of the released total, of which the mean is the true one
   */
  double variance(long step);

  /**
   * @param step from 1 to {@link #steps}
   * @return how far the true total is from the released one, at most, in 95 of 100 cases
   */
  BigInteger halfWidth95(long step);

  /**
   * @return the mean over all steps of {@link #variance}
   */
  double meanSquaredError();

  /**
   * @param state a counter's state
   * @return whether its last step is done
   */
  default boolean finished(CounterState state) {
    return state.step() >= steps();
  }

  /**
   * What a step leads to.
   *
   * @param state the state after it, to be stored in the same transaction that publishes
   * @param released the running total with noise
   */
  record Step(CounterState state, BigInteger released) {
    @Override
    public String toString() {
      return "Step[" + state + ", released=" + released + "]";
    }
  }
}
