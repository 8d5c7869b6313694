// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds a field's column: the one of the path's text, or of its only step's name. */
public final class Columns {
  private final List<String> names;
  private final Map<String, Integer> byName = new HashMap<>();

  Columns(List<String> names) {
    this.names = names;
    for (int i = 0; i < names.size(); i++) {
      Integer earlier = byName.putIfAbsent(names.get(i), i);
      if (earlier != null) {
        throw new InputException(
            "input: the columns "
                + (earlier + 1)
                + " and "
                + (i + 1)
                + " have the same name; is there a header?");
      }
    }
  }

  /**
   * @param field a field
   * @return the index of its column, from 0
   * @throws InputException when there is none
   */
  public int of(FieldPath field) {
    Integer column = byName.get(field.toString());
    if (column == null && field.steps().get(0) instanceof FieldPath.Step.Field only) {
      column = field.steps().size() == 1 ? byName.get(only.name()) : null;
    }
    if (column == null) {
      throw new InputException(
          // Not the names found: without a header the first row is somebody's record.
          "input: has no column "
              + field
              + " among its "
              + names.size()
              + " columns; is there a header, and is the separator right?");
    }
    return column;
  }

  /**
   * @param fields some fields
   * @return the indexes of their columns
   * @throws InputException when one has none
   */
  public int[] of(List<FieldPath> fields) {
    return fields.stream().mapToInt(this::of).toArray();
  }

  String name(int column) {
    return names.get(column);
  }
}
