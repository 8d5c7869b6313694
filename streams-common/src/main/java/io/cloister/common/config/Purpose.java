// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

/** What a config is read for, which decides the sections it must have. */
public enum Purpose {
  /** {@code check}, {@code explain}, {@code topics}: whatever is present is validated. */
  CHECK,
  /** All stages that it has sections for, the scrubber among them. */
  RUN_ALL,
  /** The scrubber. */
  RUN_SCRUB,
  /** The anonymizer. */
  RUN_ANONYMIZE,
  /** The aggregator. */
  RUN_AGGREGATE,
  /** {@code anonymize} over a file. */
  ANONYMIZE_FILE,
  /** {@code aggregate} over a file. */
  AGGREGATE_FILE;

  /**
   * @return whether records come from a file and go to a file, without a broker
   */
  public boolean isFileRun() {
    return this == ANONYMIZE_FILE || this == AGGREGATE_FILE;
  }
}
