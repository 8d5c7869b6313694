// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/** Gives schemas ids and ids schemas. Safe for use by several threads. */
public interface SchemaRegistry {
  /**
   * Registers a schema, or finds it if the subject has it already.
   *
   * @param subject such as {@code <topic>-value}
   * @param schema the schema
   * @return its id
   * @throws io.cloister.common.error.InputException when the registry refuses the schema, for one
   *     as incompatible with what the subject holds
   * @throws io.cloister.common.error.EnvironmentException when the registry cannot be reached or
   *     does not admit us
   */
  int register(String subject, Schema schema);

  /**
   * @param id as found in a record
   * @return the schema; absent when the registry surely knows no Avro schema of this id
   * @throws io.cloister.common.error.EnvironmentException when the registry cannot be reached or
   *     does not admit us: then nothing is known about the id
   */
  Optional<Schema> schemaById(int id);

  /**
   * @param subject such as {@code <topic>-value}
   * @param schema the schema
   * @return whether the subject would take the schema; a new subject takes any
   * @throws io.cloister.common.error.EnvironmentException when the registry cannot be reached or
   *     does not admit us
   */
  boolean isCompatible(String subject, Schema schema);
}
