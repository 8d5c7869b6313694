// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/** How an engine opens the first cells of an epoch, which is more work than any other decision. */
public enum Pace {
  /** At the first deadline, all in one call: in a file, where nobody waits for the call. */
  AT_ONCE,
  /** Spread over an eighth of the delay, so that no call holds up others: on a topic. */
  SPREAD
}
