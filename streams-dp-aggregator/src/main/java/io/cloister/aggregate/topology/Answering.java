// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How answers to consumers are encoded. */
interface Answering {
  /**
   * @param topic where the answer will be written
   * @param answer the answer
   * @return its bytes
   */
  byte[] encode(String topic, ObjectNode answer);
}
