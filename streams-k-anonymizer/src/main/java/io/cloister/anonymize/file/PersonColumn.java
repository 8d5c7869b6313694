// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.CanonicalText;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/** Says who a row is about: whom its column names or, where there is none, somebody of its own. */
public final class PersonColumn {
  private final Optional<Integer> column;

  /**
   * @param subject the field that names the person
   * @param columns those of the file
   * @throws InputException when the field has no column
   */
  public PersonColumn(Optional<FieldPath> subject, Columns columns) {
    this.column = subject.map(columns::of);
  }

  /**
   * @param record a row
   * @param row its index, from 0
   * @return the person, in one text for each
   * @throws InputException when the row names nobody
   */
  public String of(CSVRecord record, long row) {
    String person =
        column
            .flatMap(at -> CanonicalText.of(TextNode.valueOf(record.get(at))))
            .orElseGet(() -> Long.toString(row));
    if (person.isEmpty()) {
      throw new InputException("input, row " + row + ": the subject is empty");
    }
    return person;
  }
}
