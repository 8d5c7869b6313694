// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

/** Why a record could not be treated: part of dead letters and metrics, never with a value. */
public enum FailureKind {
  /** No value at all: a Kafka tombstone. */
  TOMBSTONE,
  /** The bytes are not of the declared format. */
  MALFORMED,
  /** The value is well formed but no object or record. */
  NOT_A_RECORD,
  /** The registry knows no schema of this id. */
  UNKNOWN_SCHEMA,
  /** The value is larger than {@code source.max-bytes}. */
  TOO_LARGE,
  /** Objects and arrays are nested too deeply. */
  TOO_DEEP,
  /** An object names one key twice. */
  DUPLICATE_KEY,
  /** A text holds half of a surrogate pair. */
  LONE_SURROGATE,
  /** The subject field is absent, null or empty. */
  MISSING_SUBJECT,
  /** The time field is absent or null. */
  MISSING_TIME,
  /** The time field is neither ISO 8601 nor epoch milliseconds. */
  UNREADABLE_TIME,
  /** The event is dated further ahead than {@code source.max-ahead}. */
  TOO_FAR_AHEAD,
  /** A field's value is of a type that its treatment cannot handle. */
  WRONG_TYPE,
  /**
   * A field's value is of the right type, yet not what its treatment needs, such as no IP address.
   */
  UNREADABLE_VALUE,
  /** The treated record does not fit its derived schema. */
  UNENCODABLE,
  /**
   * The treated record can have no schema: Avro has none for it, or the registry refuses it, for
   * one because it is not compatible with what the scrubbed topic holds.
   */
  NO_OUTPUT_SCHEMA
}
