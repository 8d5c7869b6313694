// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void aFileWithoutAHeaderIsRefusedWithoutRepeatingItsFirstRow() {
    Columns columns = new Columns(List.of("jane@example.edu", "2001-05-17"));

    assertThatThrownBy(() -> columns.of(FieldPath.parse("birthDate")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("birthDate")
        .hasMessageContaining("2 columns")
        .hasMessageNotContaining("jane")
        .hasMessageNotContaining("2001");
    assertThatThrownBy(() -> new Columns(List.of("a", "jane", "jane")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 and 3")
        .hasMessageNotContaining("jane");
  }
}
