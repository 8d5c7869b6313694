// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A wire format. Every format decodes to the same kind of tree, so that paths and treatments are
 * the same for all. Safe for use by several threads.
 */
public interface RecordFormat {
  /**
   * @param value a record's bytes
   * @return its tree, safe to change, and its shape
   * @throws UntreatableRecordException when the bytes are no record of this format
   * @throws io.cloister.common.error.EnvironmentException when a schema cannot be had for now
   */
  Decoded decode(byte[] value) throws UntreatableRecordException;

  /**
   * @param input the shape of the records that come in
   * @param fields what goes out
   * @return the shape of the records that go out; equal arguments give one and the same shape
   * @throws UntreatableRecordException when nothing can describe what goes out
   */
  Shape derive(Shape input, OutputFields fields) throws UntreatableRecordException;

  /**
   * @param topic where the record will be written; formats with schemas register them for it
   * @param tree the content
   * @param shape the content's shape
   * @return the record's bytes
   * @throws UntreatableRecordException when the content does not fit the shape
   * @throws io.cloister.common.error.InputException when the registry refuses the shape's schema
   * @throws io.cloister.common.error.EnvironmentException when a schema cannot be registered
   */
  byte[] encode(String topic, ObjectNode tree, Shape shape) throws UntreatableRecordException;
}
