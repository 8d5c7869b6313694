// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.topology;

/** What the scrubber sends on, and where to. */
sealed interface Outgoing {
  byte[] bytes();

  /** To the scrubbed topic. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Treated(byte[] bytes) implements Outgoing {}

  /** To the dead letters. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Dead(byte[] bytes) implements Outgoing {}
}
