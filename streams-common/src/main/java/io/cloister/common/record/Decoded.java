// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A decoded record. Its text does not hold the record's content.
 *
 * @param tree the content, owned by the caller
 * @param shape the schema it came with, if any
 */
public record Decoded(ObjectNode tree, Shape shape) {
  @Override
  public String toString() {
    return "Decoded[...]";
  }
}
