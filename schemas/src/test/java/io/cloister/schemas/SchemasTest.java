// SPDX-License-Identifier: Apache-2.0
package io.cloister.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemasTest {
  @Test
  void schemasAreNamedAfterTheirFilesInOneNamespace() {
    assertThat(
            List.of(
                Schemas.learningEvent(),
                Schemas.aggregate(),
                Schemas.deadLetter(),
                Schemas.ledgerEntry()))
        .extracting(Schema::getFullName)
        .containsExactly(
            "io.cloister.schemas.LearningEvent",
            "io.cloister.schemas.Aggregate",
            "io.cloister.schemas.DeadLetter",
            "io.cloister.schemas.LedgerEntry");
  }

  @Test
  void whatARecordMayLackIsNullByDefaultSoThatSchemasCanEvolve() {
    for (Schema schema : List.of(Schemas.learningEvent(), Schemas.aggregate())) {
      assertThat(schema.getFields())
          .filteredOn(field -> field.schema().isNullable())
          .isNotEmpty()
          .allMatch(Schema.Field::hasDefaultValue);
    }
  }
}
