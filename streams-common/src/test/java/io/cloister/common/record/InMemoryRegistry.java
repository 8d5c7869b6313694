// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import io.cloister.common.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry that takes anything; ids count from 1. */
final class InMemoryRegistry implements SchemaRegistry {
  final List<Schema> schemas = new ArrayList<>();
  final List<String> subjects = new ArrayList<>();

  @Override
  public int register(String subject, Schema schema) {
    subjects.add(subject);
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public Optional<Schema> schemaById(int id) {
    return id >= 1 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return true;
  }
}
