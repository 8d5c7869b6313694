// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.aggregate.state.StateKeys;
import io.cloister.common.config.QueryConfig.Clock;
import io.cloister.common.error.InputException;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts the records of one partition, each person's within bounds, and sends a window's sums once,
 * when it is closed. All records of a person must come to one engine. For use by one thread.
 *
 * <p>What a person adds to a window depends on that person's records alone: which windows are
 * closed follows from the clock, which groups exist from the config.
 */
public final class BoundingEngine {
  /** An event that would close more windows at once has a wrong time, or a query wrong windows. */
  static final int MAX_WINDOWS_AT_ONCE = 100_000;

  private final AggregatePlan plan;
  private final int partition;
  private final BoundingState state;
  private final RecordCounts counts;
  private final ContributionStore contributions;
  private final List<Tally> tallies;

  /** By the length of their windows, which is how contributions are kept. */
  private final Map<Long, List<Tally>> byLength = new TreeMap<>();

  /** A query with its progress; digest bytes ready made, since every record needs them. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Tally(QueryPlan query, byte[] digest, Progress progress) {}

  /**
   * Takes over the state as it is; what belongs to queries that the config no longer has is
   * deleted.
   *
   * @param plan the queries
   * @param partition which partition this engine serves
   * @param state where it keeps what it knows
   * @param counts where it counts what became of records, once a query
   */
  public BoundingEngine(
      AggregatePlan plan, int partition, BoundingState state, RecordCounts counts) {
    this.plan = plan;
    this.partition = partition;
    this.state = state;
    this.counts = counts;
    this.tallies =
        plan.queries().stream()
            .map(
                query ->
                    new Tally(query, query.digest().bytes(), new Progress(state.progress(), query)))
            .toList();
    this.contributions = new ContributionStore(state.contributions());
    for (Tally tally : tallies) {
      byLength.computeIfAbsent(length(tally), length -> new ArrayList<>()).add(tally);
    }
    forgetOthers();
  }

  /** Only a query that is gone leaves contributions behind, so that all must be gone through. */
  private void forgetOthers() {
    Map<QueryDigest, Progress> known = new HashMap<>();
    tallies.forEach(tally -> known.put(tally.query().digest(), tally.progress()));
    forgetSumsOfOthers(state.sums(), known.keySet());
    if (Progress.forgetOthers(state.progress(), known.keySet())) {
      contributions.retain(
          (query, window) -> known.containsKey(query) && known.get(query).sent() < window);
    }
  }

  private static long length(Tally tally) {
    return tally.query().windows().sizeMillis();
  }

  /**
   * Begins, with the window that holds now, every query of the wall clock that has not begun. No
   * record ever does: otherwise the first person to come would decide which windows there are.
   *
   * @param now epoch milliseconds
   */
  public void begin(long now) {
    for (Tally tally : tallies) {
      if (tally.query().clock() == Clock.WALL && !tally.progress().started()) {
        tally.progress().start(tally.query().windows().at(now));
      }
    }
  }

  /**
   * @param person whose record it is; empty where unknown, and then the record counts nowhere
   * @param tree the record
   * @param arrival when the broker took it, epoch milliseconds; empty in a file, where it is
   *     unknown and windows of the wall clock stay open until {@link #closeThrough}
   * @throws InputException when on the stream clock the record's time would close more than {@value
   *     #MAX_WINDOWS_AT_ONCE} windows of a query
   */
  public void accept(byte[] person, JsonNode tree, OptionalLong arrival) {
    arrival.ifPresent(time -> observe(Clock.WALL, time));
    OptionalLong time = plan.eventTime(tree);
    if (person.length == 0 || time.isEmpty()) {
      counts.count(Outcome.UNUSABLE);
      return;
    }
    observe(Clock.STREAM, time.getAsLong());
    byLength.forEach((length, sharing) -> count(length, sharing, person, tree, time.getAsLong()));
  }

  /**
   * Moves the wall clock without a record; queries that have not begun do not.
   *
   * @param now epoch milliseconds
   */
  public void idle(long now) {
    observe(Clock.WALL, now);
  }

  /**
   * Closes every window up to the one that holds a time: the end of a file.
   *
   * @param first the earliest event time, with which queries begin whose clock has not shown yet
   * @param last the latest event time
   */
  public void closeThrough(long first, long last) {
    for (Tally tally : tallies) {
      if (!tally.progress().started()) {
        tally.progress().start(tally.query().windows().at(first));
      }
      tally.progress().close(tally.query().windows().at(last));
    }
  }

  /**
   * Sends closed windows that were not sent yet, in the order in which they closed. The order is
   * the same in every partition, so that scarce budget goes to the same releases whatever arrives
   * when.
   *
   * @param limit how many at most
   * @param sink where they go
   * @return whether there are more
   */
  public boolean send(int limit, Consumer<WindowPartial> sink) {
    for (int i = 0; i < limit; i++) {
      Optional<Tally> next = nextToSend();
      if (next.isEmpty()) {
        return false;
      }
      send(next.get(), sink);
    }
    return nextToSend().isPresent();
  }

  private void observe(Clock clock, long time) {
    for (Tally tally : tallies) {
      QueryPlan query = tally.query();
      if (query.clock() != clock) {
        continue;
      }
      Progress progress = tally.progress();
      if (!progress.started()) {
        if (clock == Clock.WALL) {
          continue;
        }
        // A replay begins with what its first event leaves open.
        progress.start(query.windows().at(time - query.windows().graceMillis()));
      }
      long through = query.windows().closedThrough(time);
      if (clock == Clock.STREAM && through > progress.closed() + MAX_WINDOWS_AT_ONCE) {
        throw new InputException(
            "query "
                + query.name()
                + ": an event would close more than "
                + MAX_WINDOWS_AT_ONCE
                + " windows at once; check the field source.time, or take longer windows");
      }
      progress.close(through);
    }
  }

  private void count(long length, List<Tally> sharing, byte[] person, JsonNode tree, long time) {
    long window = sharing.get(0).query().windows().at(time);
    Contributions own = contributions.of(length, window, person);
    for (Tally tally : sharing) {
      count(tally, window, own, tree);
    }
    contributions.save(length, window, person, own);
  }

  private void count(Tally tally, long window, Contributions own, JsonNode tree) {
    if (tally.progress().started() && window <= tally.progress().closed()) {
      counts.count(Outcome.LATE);
      return;
    }
    OptionalInt group = tally.query().groups().indexOf(tree);
    Optional<BigInteger> value = tally.query().measure().of(tree);
    if (group.isEmpty() || value.isEmpty()) {
      counts.count(Outcome.UNUSABLE);
      return;
    }
    switch (own.add(tally.query(), tally.digest(), group.getAsInt())) {
      case COUNTED -> add(tally, window, group.getAsInt(), value.get());
      case OUT_OF_BOUNDS -> counts.count(Outcome.OUT_OF_BOUNDS);
      case NOTHING_NEW -> {}
    }
  }

  private void add(Tally tally, long window, int group, BigInteger value) {
    byte[] key = StateKeys.of(tally.digest(), window, StateKeys.bytes(group));
    BigInteger before = state.sums().get(key).map(BigInteger::new).orElse(BigInteger.ZERO);
    state.sums().put(key, before.add(value).toByteArray());
  }

  private Optional<Tally> nextToSend() {
    Tally next = null;
    for (Tally tally : tallies) {
      Progress progress = tally.progress();
      boolean waiting = progress.started() && progress.sent() < progress.closed();
      if (waiting && (next == null || closing(tally) < closing(next))) {
        next = tally;
      }
    }
    return Optional.ofNullable(next);
  }

  private static long closing(Tally tally) {
    return tally.query().windows().closing(tally.progress().sent() + 1);
  }

  private void send(Tally tally, Consumer<WindowPartial> sink) {
    long window = tally.progress().sent() + 1;
    byte[] prefix = StateKeys.of(tally.digest(), window, new byte[0]);
    Map<Integer, BigInteger> sums = new TreeMap<>();
    for (KeyValues.Entry entry : state.sums().entries(prefix, new byte[0], Integer.MAX_VALUE)) {
      int group = ByteBuffer.wrap(entry.key(), prefix.length, 4).getInt();
      sums.put(group, new BigInteger(entry.value()));
    }
    sink.accept(new WindowPartial(tally.query().digest(), partition, window, sums));
    tally.progress().sent(window);
    state.sums().deleteAll(prefix);
    long length = length(tally);
    if (tallies.stream().allMatch(other -> length(other) != length || isThrough(other, window))) {
      contributions.forget(length, window);
    }
  }

  /** On the stream clock, a query that has not begun has counted nobody. */
  private static boolean isThrough(Tally tally, long window) {
    return tally.progress().started()
        ? tally.progress().sent() >= window
        : tally.query().clock() == Clock.STREAM;
  }

  /** Skips from query to query, so that the entries of those that stay are not read. */
  private static void forgetSumsOfOthers(KeyValues store, Set<QueryDigest> known) {
    byte[] after = {};
    while (true) {
      List<KeyValues.Entry> next = store.entries(new byte[0], after, 1);
      if (next.isEmpty()) {
        return;
      }
      byte[] digest = Arrays.copyOf(next.get(0).key(), QueryDigest.BYTES);
      if (!known.contains(QueryDigest.ofBytes(digest))) {
        store.deleteAll(digest);
      }
      after = Arrays.copyOf(digest, digest.length + 8);
      Arrays.fill(after, digest.length, after.length, (byte) 0xff);
    }
  }
}
