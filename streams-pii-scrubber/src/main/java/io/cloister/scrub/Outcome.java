// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import io.cloister.common.path.FieldPath;
import io.cloister.common.record.FailureKind;
import java.util.Optional;

/** What became of one raw record. */
public sealed interface Outcome {
  /**
   * It was treated.
   *
   * @param person the join pseudonym
   * @param value the treated record, encoded
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Passed(String person, byte[] value) implements Outcome {
    @Override
    public String toString() {
      return "Passed[...]";
    }
  }

  /**
   * It could not be treated.
   *
   * @param kind why
   * @param field where, as the config names it
   */
  record Failed(FailureKind kind, Optional<FieldPath> field) implements Outcome {}
}
