// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.ledger.Cost;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.keys.Keyset;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one place where noise is drawn, budget charged and figures let out. Waits until every
 * partition has closed a window, then decides on it once. What {@code receive} and {@code release}
 * hand to their sink must be committed together with the state, or not at all. For use by one
 * thread.
 */
public final class Releaser {
  private final AggregatePlan plan;
  private final String deployment;
  private final Keyset keyset;
  private final Ledger ledger;
  private final Partials partials;

  /**
   * @param plan the queries
   * @param deployment which pipeline on which data; other deployments have other noise
   * @param keyset keys of noise and seals
   * @param ledger the pipeline's ledger
   * @param state where sums wait for the other partitions
   * @param partitions how many partitions there are to wait for
   */
  public Releaser(
      AggregatePlan plan,
      String deployment,
      Keyset keyset,
      Ledger ledger,
      KeyValues state,
      int partitions) {
    this.plan = plan;
    this.deployment = deployment;
    this.keyset = keyset;
    this.ledger = ledger;
    this.partials = new Partials(plan, state, ledger, partitions);
  }

  /**
   * @param partial what a partition says of a closed window; of a query that the config no longer
   *     has it is ignored
   */
  public void receive(WindowPartial partial) {
    partials.add(partial);
  }

  /**
   * Releases or refuses windows that every partition has closed, in the order in which they closed.
   *
   * @param limit how many windows at most
   * @param sink where answers and ledger entries go
   * @return whether there are more
   */
  public boolean release(int limit, Consumer<Published> sink) {
    for (int i = 0; i < limit; i++) {
      Optional<QueryPlan> next = nextReady();
      if (next.isEmpty()) {
        return false;
      }
      long window = partials.next(next.get());
      BigInteger[] exact = partials.take(next.get());
      for (QueryPlan.Offer offer : next.get().offers()) {
        Release release = new Release(deployment, next.get(), window, offer.epsilon(), keyset);
        decide(release, offer, exact, sink);
      }
    }
    return nextReady().isPresent();
  }

  private Optional<QueryPlan> nextReady() {
    QueryPlan first = null;
    for (QueryPlan query : plan.queries()) {
      if (partials.ready(query) && (first == null || closing(query) < closing(first))) {
        first = query;
      }
    }
    return Optional.ofNullable(first);
  }

  private long closing(QueryPlan query) {
    return query.windows().closing(partials.next(query));
  }

  private void decide(
      Release release, QueryPlan.Offer offer, BigInteger[] exact, Consumer<Published> sink) {
    Optional<LedgerEntry> before = ledger.find(release.name());
    if (before.isPresent()) {
      repeat(release, before.get(), exact, sink);
      return;
    }
    List<Share> shares =
        ledger.decide(
            release.start(), release.end(), Cost.pure(offer.epsilon()), offer.consumers());
    boolean granted = shares.stream().anyMatch(Share::granted);
    LedgerEntry entry =
        granted
            ? entry(Kind.RELEASE, release, release.seal(exact), shares)
            : entry(Kind.REFUSAL, release, "", shares);
    ledger.append(entry);
    sink.accept(new Published.Entry(entry));
    publish(release, entry, exact, sink);
  }

  /** Only after the loss of a store: the same values are published again, others never. */
  private void repeat(
      Release release, LedgerEntry before, BigInteger[] exact, Consumer<Published> sink) {
    if (before.kind() == Kind.REFUSAL || before.seal().equals(release.seal(exact))) {
      publish(release, before, exact, sink);
      return;
    }
    sink.accept(new Published.Entry(entry(Kind.CONFLICT, release, before.seal(), List.of())));
  }

  private static LedgerEntry entry(Kind kind, Release release, String seal, List<Share> shares) {
    return new LedgerEntry(
        kind,
        release.name(),
        release.query().name(),
        release.query().digest().hex(),
        QueryPlan.MECHANISM,
        Cost.pure(release.epsilon()),
        release.start(),
        release.end(),
        release.keyVersion(),
        seal,
        shares);
  }

  private static void publish(
      Release release, LedgerEntry entry, BigInteger[] exact, Consumer<Published> sink) {
    BigInteger[] noisy = new BigInteger[exact.length];
    if (entry.kind() == Kind.RELEASE) {
      Arrays.setAll(noisy, group -> release.noisy(group, exact[group]));
    }
    String query = release.query().name();
    for (Share share : entry.shares()) {
      String consumer = share.consumer();
      if (share.granted()) {
        for (int group = 0; group < noisy.length; group++) {
          sink.accept(
              new Published.Answer(
                  consumer, query, Answers.value(release, consumer, group, noisy[group])));
        }
        sink.accept(new Published.Answer(consumer, query, Answers.close(release, share)));
      } else {
        sink.accept(new Published.Answer(consumer, query, Answers.refusal(release, share)));
      }
    }
  }
}
