// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.InputException;

/**
 * What the values of a sensitive field in one cell have to keep to, each person counted for one of
 * them.
 */
public sealed interface SensitiveCondition {
  /**
   * How much is missing.
   *
   * @param cell the values in the cell
   * @param reference the values of everybody
   * @return 0 when the condition holds, else more, at most 1, the further away the more
   */
  double shortfall(ValueCounts cell, ValueCounts reference);

  /**
   * @return how many distinct values a cell needs at least
   */
  default int leastDistinct() {
    return 1;
  }

  /**
   * Distinct l-diversity (Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam, "l-Diversity: Privacy
   * Beyond k-Anonymity", ICDE 2006).
   *
   * @param l how many distinct values, at least 2
   */
  record DistinctDiversity(int l) implements SensitiveCondition {
    /** Refuses what is no condition. */
    public DistinctDiversity {
      if (l < 2) {
        throw new InputException("l-diversity: must be at least 2 to be a condition, found " + l);
      }
    }

    @Override
    public double shortfall(ValueCounts cell, ValueCounts reference) {
      return Math.max(0, l - cell.distinct()) / (double) l;
    }

    @Override
    public int leastDistinct() {
      return l;
    }
  }

  /**
   * Entropy l-diversity (the same paper, definition 4.1): the entropy is that of l equally frequent
   * values or more.
   *
   * @param l above 1
   */
  record EntropyDiversity(double l) implements SensitiveCondition {
    /** The rounding of a sum of logarithms, so that l equally frequent values are l. */
    private static final double ROUNDING = 1e-9;

    /** Refuses what is no condition. */
    public EntropyDiversity {
      if (!(l > 1) || Double.isInfinite(l)) {
        throw new InputException("entropy-l-diversity: must be above 1, found " + l);
      }
    }

    @Override
    public double shortfall(ValueCounts cell, ValueCounts reference) {
      double wanted = Math.log(l);
      double missing = wanted - cell.entropy();
      return missing <= ROUNDING ? 0 : missing / wanted;
    }

    @Override
    public int leastDistinct() {
      return (int) Math.ceil(l - ROUNDING);
    }
  }

  /**
   * t-closeness (Li, Li, Venkatasubramanian, "t-Closeness: Privacy Beyond k-Anonymity and
   * l-Diversity", ICDE 2007, section 4).
   *
   * @param t the most that the cell's values may be away from everybody's, above 0 and below 1
   * @param distance how that is measured
   */
  record TCloseness(double t, ValueDistance distance) implements SensitiveCondition {
    /** Refuses what is no condition. */
    public TCloseness {
      if (!(t > 0) || !(t < 1)) {
        throw new InputException("t-closeness: t must be above 0 and below 1, found " + t);
      }
    }

    @Override
    public double shortfall(ValueCounts cell, ValueCounts reference) {
      return Math.max(0, distance.between(cell, reference) - t);
    }
  }
}
