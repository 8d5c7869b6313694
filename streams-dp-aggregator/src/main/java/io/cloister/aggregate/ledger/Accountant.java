// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import io.cloister.common.config.AggregateConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Adds up what was spent, of the global budget and of each consumer's quota, by period of event
 * time. Basic composition (Dwork and Roth, "The Algorithmic Foundations of Differential Privacy",
 * theorem 3.16): the epsilons of everything computed from one person's records add up. A window is
 * charged to every period it overlaps. Decides on budgets and amounts alone, never on data. For use
 * by one thread.
 */
final class Accountant {
  private final AggregateConfig config;
  private final long periodMillis;
  private final Map<Account, Epsilon> spent = new HashMap<>();

  private record Account(String owner, long period) {
    /** No consumer has an empty name. */
    static final String EVERYBODY = "";
  }

  Accountant(AggregateConfig config) {
    this.config = config;
    this.periodMillis = config.budget().period().toMillis();
  }

  /** Adds what an entry charged; entries that charged nothing change nothing. */
  void charge(LedgerEntry entry) {
    if (entry.kind() != LedgerEntry.Kind.RELEASE) {
      return;
    }
    periods(entry.windowStart(), entry.windowEnd())
        .forEach(
            period -> {
              add(Account.EVERYBODY, period, entry.epsilon());
              entry.shares().stream()
                  .filter(LedgerEntry.Share::granted)
                  .forEach(share -> add(share.consumer(), period, entry.epsilon()));
            });
  }

  /** Who would be granted an amount for a window; nothing is charged yet. */
  List<LedgerEntry.Share> decide(long start, long end, Epsilon asked, List<String> consumers) {
    Epsilon everybody = remaining(Account.EVERYBODY, start, end);
    boolean open = everybody.compareTo(asked) >= 0;
    boolean any =
        open
            && consumers.stream()
                .anyMatch(name -> remaining(name, start, end).compareTo(asked) >= 0);
    // The global budget is charged once however many share the release.
    Epsilon after = any ? everybody.minus(asked) : everybody;
    return consumers.stream()
        .map(name -> share(name, remaining(name, start, end), asked, open, after))
        .toList();
  }

  private static LedgerEntry.Share share(
      String name, Epsilon quota, Epsilon asked, boolean open, Epsilon everybody) {
    boolean granted = open && quota.compareTo(asked) >= 0;
    Epsilon own = granted ? quota.minus(asked) : quota;
    return new LedgerEntry.Share(name, granted, smaller(own, everybody));
  }

  /** The least that any overlapped period has left. */
  private Epsilon remaining(String owner, long start, long end) {
    Epsilon budget = budget(owner);
    return periods(start, end)
        .mapToObj(
            period -> budget.minus(spent.getOrDefault(new Account(owner, period), Epsilon.ZERO)))
        .reduce(budget, Accountant::smaller);
  }

  private Epsilon budget(String owner) {
    if (owner.equals(Account.EVERYBODY)) {
      return Epsilon.of(config.budget().epsilon());
    }
    AggregateConfig.Quota quota = config.consumers().get(owner);
    return quota == null ? Epsilon.ZERO : Epsilon.of(quota.epsilon());
  }

  private LongStream periods(long start, long end) {
    return LongStream.rangeClosed(
        Math.floorDiv(start, periodMillis), Math.floorDiv(end - 1, periodMillis));
  }

  private void add(String owner, long period, Epsilon amount) {
    spent.merge(new Account(owner, period), amount, Epsilon::plus);
  }

  private static Epsilon smaller(Epsilon a, Epsilon b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
