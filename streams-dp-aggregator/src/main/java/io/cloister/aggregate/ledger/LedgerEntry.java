// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import java.util.List;

/**
 * What became of one query, window, mechanism and cost. Holds no count and no sum, true or noisy.
 *
 * @param kind what happened
 * @param release the release's name, the same whenever it is computed
 * @param query the query's name
 * @param queryDigest digest of the query's config, in hexadecimal
 * @param mechanism the distribution of the noise
 * @param cost what was asked for, in the currency of the mechanism
 * @param windowStart first instant of the window, epoch milliseconds
 * @param windowEnd first instant after the window, epoch milliseconds
 * @param keyVersion which noise key
 * @param seal keyed digest of the exact values, in hexadecimal; empty for a refusal
 * @param shares what each consumer was given, in the order of the config
 */
public record LedgerEntry(
    Kind kind,
    String release,
    String query,
    String queryDigest,
    String mechanism,
    Cost cost,
    long windowStart,
    long windowEnd,
    int keyVersion,
    String seal,
    List<Share> shares) {

  /** What happened. */
  public enum Kind {
    /** Published to one consumer or more, and charged. */
    RELEASE,
    /** Nobody had the budget; nothing was published, nothing charged. */
    REFUSAL,
    /**
     * The exact values of a release differ from those that were sealed; nothing was published or
     * charged.
     */
    CONFLICT
  }

  /**
   * What a consumer was given.
   *
   * @param consumer the consumer
   * @param granted whether the release was published to this consumer and charged to its quota
   * @param remaining the most that the consumer can still be granted in this window's periods, in
   *     the currency of the budget; without delta where the release needs none
   */
  public record Share(String consumer, boolean granted, Cost remaining) {}

  /** Takes a copy. */
  public LedgerEntry {
    shares = List.copyOf(shares);
  }
}
