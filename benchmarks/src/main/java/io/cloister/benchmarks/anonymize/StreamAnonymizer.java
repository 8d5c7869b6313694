// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

/** Anonymizes the rows of one {@link Sample}, which come in its order. */
interface StreamAnonymizer {
  /**
   * @param row the next row
   * @param output told of what is decided now, about this row or earlier ones
   */
  void accept(int row, Output output);

  /**
   * Decides on what still waits, after the last row.
   *
   * @param output told of what is decided
   */
  void end(Output output);
}
