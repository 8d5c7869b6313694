// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import io.cloister.aggregate.accounting.Composition;
import io.cloister.aggregate.accounting.Mechanism;
import java.util.Optional;

/**
 * What was spent in one period, of the global budget or of one consumer's quota, and what it tells
 * about a person: the ledger's sum is in one currency, the report is the tightest epsilon for a
 * delta. For use by one thread.
 */
public final class Spending {
  private final Budgets budgets;
  private final long period;
  private final Optional<String> consumer;
  private final Composition composition = new Composition();
  private Cost spent;
  private long releases;
  private long refusals;

  /**
   * @param budgets budget and quotas
   * @param period the number of a period: its first instant divided by the length of a period
   * @param consumer whose quota; the global budget where absent
   */
  public Spending(Budgets budgets, long period, Optional<String> consumer) {
    this.budgets = budgets;
    this.period = period;
    this.consumer = consumer;
    this.spent = new Cost(budgets.global().currency(), 0, 0);
  }

  /**
   * @param entry an entry of the ledger; of other periods and consumers it is ignored
   */
  public void add(LedgerEntry entry) {
    long length = budgets.period().toMillis();
    if (entry.kind() == LedgerEntry.Kind.CONFLICT
        || Math.floorDiv(entry.windowStart(), length) > period
        || Math.floorDiv(entry.windowEnd() - 1, length) < period) {
      return;
    }
    boolean granted = entry.shares().stream().anyMatch(s -> s.granted() && concerns(s));
    boolean refused = entry.shares().stream().anyMatch(s -> !s.granted() && concerns(s));
    if (granted) {
      releases++;
      spent = spent.plus(entry.cost().in(spent.currency()));
      composition.add(mechanism(entry.cost()), 1);
    }
    // A release that some receive and others not counts as both.
    refusals += refused ? 1 : 0;
  }

  private boolean concerns(LedgerEntry.Share share) {
    return consumer.isEmpty() || consumer.get().equals(share.consumer());
  }

  private static Mechanism mechanism(Cost cost) {
    return cost.currency() == Currency.EPSILON
        ? new Mechanism.Approximate(cost.toDecimal(), cost.delta())
        : new Mechanism.Concentrated(cost.toDecimal(), cost.delta());
  }

  /**
   * @return the sum, in the currency of the budget
   */
  public Cost spent() {
    return spent;
  }

  /**
   * @return what is left of the budget or quota; of a consumer without quota, nothing
   */
  public Cost remaining() {
    Cost nothing = new Cost(spent.currency(), 0, 0);
    Cost budget =
        consumer.map(name -> budgets.quotas().getOrDefault(name, nothing)).orElse(budgets.global());
    return budget.minus(spent);
  }

  /**
   * @return how many releases were charged
   */
  public long releases() {
    return releases;
  }

  /**
   * @return how many releases were refused to somebody
   */
  public long refusals() {
    return refusals;
  }

  /**
   * What was spent as (epsilon, delta)-differential privacy, rounded up. It describes releases that
   * were not chosen by what others said, as the queries of a config are not; the budget itself
   * holds also where they were.
   *
   * @param delta above 0, at most 1
   * @return the least epsilon that the accountants show; infinite where delta alone was overspent
   */
  public double epsilon(double delta) {
    return composition.epsilon(delta);
  }
}
