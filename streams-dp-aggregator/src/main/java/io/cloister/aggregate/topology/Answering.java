// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Shape;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.schemas.Schemas;

/** How answers to consumers are encoded. */
interface Answering {
  /**
   * @param topic where the answer will be written
   * @param answer the answer
   * @return its bytes
   * @throws io.cloister.common.error.EnvironmentException when a schema cannot be registered
   */
  byte[] encode(String topic, ObjectNode answer);

  /** JSON with exact decimals; Avro where the pipeline's records are Avro. */
  static Answering of(TopologyConfig config, RecordFormat format) {
    boolean avro =
        config.source().filter(it -> it.format() == SourceConfig.Format.AVRO).isPresent();
    return avro ? avro(format) : (topic, answer) -> ExactJson.bytes(answer);
  }

  private static Answering avro(RecordFormat format) {
    Shape shape = new Shape.Described(Schemas.aggregate());
    return (topic, answer) -> {
      try {
        return format.encode(topic, answer, shape);
      } catch (UntreatableRecordException e) {
        throw new BugException("an answer does not fit the schema of answers: " + e.kind());
      }
    };
  }
}
