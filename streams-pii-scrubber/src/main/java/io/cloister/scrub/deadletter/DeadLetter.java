// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.deadletter;

import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.record.FailureKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that could not be treated: where it came from and why it stayed behind, in clear; its
 * content under encryption alone.
 *
 * @param stage which stage gave up, such as {@code scrub}
 * @param kind why
 * @param field where in the record, as the config names it
 * @param position where in the raw topics
 * @param time when the stage gave up
 * @param content key and value, encrypted
 */
public record DeadLetter(
    String stage,
    FailureKind kind,
    Optional<String> field,
    SourcePosition position,
    Instant time,
    Content content) {

  /** What a dead letter holds of its record. */
  public sealed interface Content {
    /** Nothing: there was no value. */
    record None() implements Content {}

    /** Nothing: key and value were too large for a dead letter. They are still at the position. */
    record Omitted() implements Content {}

    /**
     * Key and value.
     *
     * @param bytes the encrypted record, bound to stage and position
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Encrypted(byte[] bytes) implements Content {
      @Override
      public String toString() {
        return "Encrypted[" + bytes.length + " bytes]";
      }
    }
  }
}
