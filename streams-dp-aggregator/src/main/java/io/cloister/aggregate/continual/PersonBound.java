// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigInteger;

/**
 * What one person can change over the whole life of a query's counters. It must be enforced with
 * state: the noise follows from it.
 *
 * @param steps in how many steps a person counts, at least 1
 * @param groupsPerStep in how many groups (counters) within one step, at least 1
 * @param magnitude by how much, up or down, in one group and step, in units of the released value;
 *     at least 1
 */
public record PersonBound(long steps, long groupsPerStep, BigInteger magnitude) {
  /** One event a person. */
  public static final PersonBound ONE_EVENT = new PersonBound(1, 1, BigInteger.ONE);

  /** Refuses bounds below 1. */
  public PersonBound {
    if (steps < 1 || groupsPerStep < 1 || magnitude.signum() < 1) {
      throw new IllegalArgumentException(
          "steps, groups and magnitude are at least 1, not "
              + steps
              + ", "
              + groupsPerStep
              + " and "
              + magnitude);
    }
  }

  /**
   * @return the most by which all groups of one step together can change, absolute values added up
   */
  public BigInteger l1PerStep() {
    return magnitude.multiply(BigInteger.valueOf(groupsPerStep));
  }

  /**
   * @return the most by which all groups of one step together can change, squares added up
   */
  public BigInteger squaredL2PerStep() {
    return magnitude.pow(2).multiply(BigInteger.valueOf(groupsPerStep));
  }
}
