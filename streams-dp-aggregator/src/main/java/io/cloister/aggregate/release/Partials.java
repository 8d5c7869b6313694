// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.aggregate.state.StateKeys;
import io.cloister.common.error.BugException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums that wait until every partition has closed their window. Each partition sends its windows in
 * order, so its newest window closes all before it; a window that a partition began after is empty
 * there.
 */
final class Partials {
  private static final byte SUMS = 's';
  private static final byte PROGRESS = 'p';
  private static final byte[] ALL = {};

  private final KeyValues state;
  private final int partitions;
  private final Map<QueryDigest, Waiting> waiting = new HashMap<>();

  Partials(AggregatePlan plan, KeyValues state, Ledger ledger, int partitions) {
    this.state = state;
    this.partitions = partitions;
    for (QueryPlan query : plan.queries()) {
      byte[] stored = state.get(progressKey(query.digest())).orElse(ALL);
      if (stored.length > 0) {
        waiting.put(query.digest(), Waiting.fromBytes(stored));
      } else {
        // Should this state be lost, what the ledger has decided is still not decided again.
        long floor =
            ledger
                .newestWindowEnd(query.digest().hex())
                .map(query.windows()::at)
                .orElse(Long.MIN_VALUE);
        waiting.put(query.digest(), new Waiting(floor));
      }
    }
    forgetOthers();
  }

  void add(WindowPartial partial) {
    Waiting query = waiting.get(partial.query());
    if (query == null || !query.advance(partial.partition(), partial.window(), partitions)) {
      return;
    }
    state.put(progressKey(partial.query()), query.toBytes());
    if (!partial.sums().isEmpty() && partial.window() >= query.next()) {
      byte[] partition = StateKeys.bytes(partial.partition());
      byte[] key = StateKeys.of(sumsPrefix(partial.query()), partial.window(), partition);
      state.put(key, partial.toBytes());
    }
  }

  /** Whether every partition has closed the query's next window. */
  boolean ready(QueryPlan query) {
    return of(query).ready(partitions);
  }

  /** The window that is released next; known once the query is ready. */
  long next(QueryPlan query) {
    return of(query).next();
  }

  /** The exact totals of the next window, every declared group, empty or not; it is then over. */
  BigInteger[] take(QueryPlan query) {
    BigInteger[] totals = new BigInteger[query.groups().size()];
    Arrays.fill(totals, BigInteger.ZERO);
    byte[] prefix = StateKeys.of(sumsPrefix(query.digest()), next(query), new byte[0]);
    for (KeyValues.Entry entry : state.entries(prefix, ALL, Integer.MAX_VALUE)) {
      WindowPartial.fromBytes(entry.value())
          .sums()
          .forEach((group, sum) -> totals[group] = totals[group].add(sum));
    }
    state.deleteAll(prefix);
    of(query).taken();
    state.put(progressKey(query.digest()), of(query).toBytes());
    return totals;
  }

  private Waiting of(QueryPlan query) {
    Waiting found = waiting.get(query.digest());
    if (found == null) {
      throw new BugException("a query without progress");
    }
    return found;
  }

  private void forgetOthers() {
    for (byte kind : new byte[] {SUMS, PROGRESS}) {
      List<KeyValues.Entry> entries = state.entries(new byte[] {kind}, ALL, Integer.MAX_VALUE);
      for (KeyValues.Entry entry : entries) {
        byte[] digest = Arrays.copyOfRange(entry.key(), 1, 1 + QueryDigest.BYTES);
        if (!waiting.containsKey(QueryDigest.ofBytes(digest))) {
          state.delete(entry.key());
        }
      }
    }
  }

  private static byte[] progressKey(QueryDigest query) {
    return prefixed(PROGRESS, query);
  }

  private static byte[] sumsPrefix(QueryDigest query) {
    return prefixed(SUMS, query);
  }

  private static byte[] prefixed(byte kind, QueryDigest query) {
    return ByteBuffer.allocate(1 + QueryDigest.BYTES).put(kind).put(query.bytes()).array();
  }
}
