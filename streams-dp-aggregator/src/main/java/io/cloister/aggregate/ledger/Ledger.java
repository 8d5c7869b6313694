// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.config.AggregateConfig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every release and refusal, by the release's name, and the budgets that follow from them. There is
 * one ledger a pipeline; a budget kept in several places would be overspent. For use by one thread.
 */
public final class Ledger {
  private final KeyValues store;
  private final Accountant accountant;
  private final Map<String, Long> newestWindow = new HashMap<>();

  /**
   * Reads the store to its end and adds what the history has beyond it: a store that was lost, or
   * restored from before its last entries, never spends anything twice.
   *
   * @param config budget and quotas
   * @param store where entries are kept
   * @param history what was committed before
   */
  public Ledger(AggregateConfig config, KeyValues store, LedgerHistory history) {
    this(Budgets.of(config), store, history);
  }

  /**
   * Reads the store to its end and adds what the history has beyond it, as above.
   *
   * @param budgets budget and quotas
   * @param store where entries are kept
   * @param history what was committed before
   * @throws io.cloister.common.error.InputException when budgets are pure and something was charged
   *     that is not
   */
  public Ledger(Budgets budgets, KeyValues store, LedgerHistory history) {
    this.store = store;
    this.accountant = new Accountant(budgets);
    byte[] after = {};
    while (true) {
      List<KeyValues.Entry> slice = store.entries(new byte[0], after, KeyValues.SLICE);
      slice.forEach(entry -> take(LedgerJson.fromBytes(entry.value())));
      if (slice.size() < KeyValues.SLICE) {
        break;
      }
      after = slice.get(KeyValues.SLICE - 1).key();
    }
    history.readAll().stream()
        .filter(entry -> entry.kind() != LedgerEntry.Kind.CONFLICT)
        .filter(entry -> find(entry.release()).isEmpty())
        .forEach(this::record);
  }

  /**
   * @param release a release's name
   * @return what became of it
   */
  public Optional<LedgerEntry> find(String release) {
    return store.get(key(release)).map(LedgerJson::fromBytes);
  }

  /**
   * @param start first instant of a window, epoch milliseconds
   * @param end first instant after it
   * @param asked an amount
   * @param consumers who asks, in the order of the config
   * @return who would be granted it; nothing is charged before {@link #append}
   * @throws io.cloister.common.error.InputException when budgets are pure and the amount is not
   */
  public List<LedgerEntry.Share> decide(long start, long end, Cost asked, List<String> consumers) {
    return accountant.decide(start, end, asked, consumers);
  }

  /**
   * Records an entry, once, and charges what it grants.
   *
   * @param entry a release or refusal that the ledger has no entry for
   * @throws IllegalStateException when it has one, or when what the entry grants is not there: it
   *     was decided on before something else was charged
   */
  public void append(LedgerEntry entry) {
    if (store.get(key(entry.release())).isPresent()) {
      throw new IllegalStateException("a release is recorded once");
    }
    if (!accountant.covers(entry)) {
      throw new IllegalStateException("a budget is never overspent");
    }
    record(entry);
  }

  /** History is charged even where a budget was lowered since. */
  private void record(LedgerEntry entry) {
    store.put(key(entry.release()), LedgerJson.toBytes(entry));
    take(entry);
  }

  /**
   * @param queryDigest a query's digest, in hexadecimal
   * @return the end of the newest window that was released or refused, epoch milliseconds
   */
  public Optional<Long> newestWindowEnd(String queryDigest) {
    return Optional.ofNullable(newestWindow.get(queryDigest));
  }

  private void take(LedgerEntry entry) {
    accountant.charge(entry);
    newestWindow.merge(entry.queryDigest(), entry.windowEnd(), Math::max);
  }

  private static byte[] key(String release) {
    return release.getBytes(StandardCharsets.UTF_8);
  }
}
