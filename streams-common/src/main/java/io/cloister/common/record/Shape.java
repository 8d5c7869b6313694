// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import org.apache.avro.Schema;

/** What is known of a record beyond its tree: the schema it came with, if any. */
public sealed interface Shape {
  /** A record that describes itself, as JSON does. */
  record SelfDescribing() implements Shape {}

  /**
   * A record with a schema.
   *
   * @param schema a record schema
   */
  record Described(Schema schema) implements Shape {}
}
