// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.record.RecordFormat;

/** How answers to consumers are encoded. */
interface Answering {
  /**
   * @param topic where the answer will be written
   * @param answer the answer
   * @return its bytes
   */
  byte[] encode(String topic, ObjectNode answer);

  /** JSON with exact decimals. */
  static Answering of(TopologyConfig config, RecordFormat format) {
    return (topic, answer) -> ExactJson.bytes(answer);
  }
}
