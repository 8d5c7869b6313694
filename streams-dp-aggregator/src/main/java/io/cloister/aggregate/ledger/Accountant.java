// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up what was spent, of the global budget and of each consumer's quota, by period of event
 * time. Costs of everything computed from one person's records add up, in whichever currency. A
 * window is charged to every period it overlaps. Decides on budgets and amounts alone, never on
 * data. For use by one thread.
 */
final class Accountant {
  /** No consumer has an empty name. */
  private static final String EVERYBODY = "";

  private final Budgets budgets;
  private final Currency currency;
  private final long periodMillis;
  private final Cost nothing;
  private final Map<Account, Cost> spent = new HashMap<>();

  private record Account(String owner, long period) {}

  Accountant(Budgets budgets) {
    this.budgets = budgets;
    this.currency = budgets.global().currency();
    this.periodMillis = budgets.period().toMillis();
    this.nothing = new Cost(currency, 0, 0);
  }

  /** Adds what an entry charged; entries that charged nothing change nothing. */
  void charge(LedgerEntry entry) {
    if (entry.kind() != LedgerEntry.Kind.RELEASE) {
      return;
    }
    Cost cost = entry.cost().in(currency);
    long last = lastPeriod(entry.windowEnd());
    for (long period = firstPeriod(entry.windowStart()); period <= last; period++) {
      spent.merge(new Account(EVERYBODY, period), cost, Cost::plus);
      for (LedgerEntry.Share share : entry.shares()) {
        if (share.granted()) {
          spent.merge(new Account(share.consumer(), period), cost, Cost::plus);
        }
      }
    }
  }

  /** Who would be granted an amount for a window; nothing is charged yet. */
  List<LedgerEntry.Share> decide(long start, long end, Cost asked, List<String> consumers) {
    Cost cost = asked.in(currency);
    Cost everybody = remaining(EVERYBODY, start, end);
    boolean open = everybody.covers(cost);
    List<Cost> quotas = new ArrayList<>(consumers.size());
    boolean any = false;
    for (String consumer : consumers) {
      Cost quota = remaining(consumer, start, end);
      quotas.add(quota);
      any |= open && quota.covers(cost);
    }
    // The global budget is charged once however many share the release.
    Cost after = any ? everybody.minus(cost) : everybody;
    List<LedgerEntry.Share> shares = new ArrayList<>(consumers.size());
    for (int i = 0; i < quotas.size(); i++) {
      Cost quota = quotas.get(i);
      boolean granted = open && quota.covers(cost);
      Cost left = (granted ? quota.minus(cost) : quota).least(after);
      shares.add(
          new LedgerEntry.Share(
              consumers.get(i), granted, cost.deltaUnits() == 0 ? left.withoutDelta() : left));
    }
    return shares;
  }

  /** Whether what an entry grants is still there to be granted. */
  boolean covers(LedgerEntry entry) {
    if (entry.kind() != LedgerEntry.Kind.RELEASE) {
      return true;
    }
    Cost cost = entry.cost().in(currency);
    long start = entry.windowStart();
    long end = entry.windowEnd();
    return remaining(EVERYBODY, start, end).covers(cost)
        && entry.shares().stream()
            .filter(LedgerEntry.Share::granted)
            .allMatch(share -> remaining(share.consumer(), start, end).covers(cost));
  }

  /** The least that any overlapped period has left. */
  private Cost remaining(String owner, long start, long end) {
    Cost budget =
        owner.equals(EVERYBODY) ? budgets.global() : budgets.quotas().getOrDefault(owner, nothing);
    Cost least = budget;
    long last = lastPeriod(end);
    for (long period = firstPeriod(start); period <= last; period++) {
      Cost gone = spent.get(new Account(owner, period));
      if (gone != null) {
        least = least.least(budget.minus(gone));
      }
    }
    return least;
  }

  private long firstPeriod(long start) {
    return Math.floorDiv(start, periodMillis);
  }

  private long lastPeriod(long end) {
    return Math.floorDiv(end - 1, periodMillis);
  }
}
