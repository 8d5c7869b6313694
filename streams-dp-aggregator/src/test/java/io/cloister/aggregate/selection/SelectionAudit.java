// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import io.cloister.aggregate.accounting.Exact;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Checks the inequality of differential privacy exactly, for a selection that names a group of n
 * people with a given probability. Products are not rounded; e^epsilon is, downward at the 50th
 * digit, which makes the check a little stricter.
 */
final class SelectionAudit {
  private final BigDecimal factor;
  private final BigDecimal delta;

  SelectionAudit(BigDecimal epsilon, BigDecimal delta) {
    this.factor = Exact.exp(epsilon).subtract(new BigDecimal("1e-50"));
    this.delta = delta;
  }

  /** A person joins one group, of any size up to some, or up to where all groups are named. */
  boolean holds(IntFunction<BigDecimal> probability, int most) {
    for (int n = 0; n < most; n++) {
      if (n > 0 && probability.apply(n).compareTo(BigDecimal.ONE) == 0) {
        return probability.apply(n + 1).compareTo(BigDecimal.ONE) == 0;
      }
      if (!holds(List.of(n), probability)) {
        return false;
      }
    }
    return true;
  }

  /** A person joins several groups, which had so many people before. */
  boolean holds(List<Integer> sizes, IntFunction<BigDecimal> probability) {
    BigDecimal joining = BigDecimal.ZERO;
    BigDecimal leaving = BigDecimal.ZERO;
    for (int outcome = 0; outcome < 1 << sizes.size(); outcome++) {
      BigDecimal before = BigDecimal.ONE;
      BigDecimal after = BigDecimal.ONE;
      for (int i = 0; i < sizes.size(); i++) {
        boolean named = (outcome >> i & 1) == 1;
        before = before.multiply(of(probability.apply(sizes.get(i)), named));
        after = after.multiply(of(probability.apply(sizes.get(i) + 1), named));
      }
      joining = joining.add(after.subtract(factor.multiply(before)).max(BigDecimal.ZERO));
      leaving = leaving.add(before.subtract(factor.multiply(after)).max(BigDecimal.ZERO));
    }
    return joining.compareTo(delta) <= 0 && leaving.compareTo(delta) <= 0;
  }

  private static BigDecimal of(BigDecimal probability, boolean named) {
    return named ? probability : BigDecimal.ONE.subtract(probability);
  }
}
