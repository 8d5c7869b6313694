// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person counts for somewhere: of each sensitive field the first value and the latest one,
 * "" as long as there is none. Its text does not show them.
 *
 * @param first the first values
 * @param latest the latest values
 */
public record Standing(List<String> first, List<String> latest) {
  /** Copies the values. */
  public Standing {
    first = List.copyOf(first);
    latest = List.copyOf(latest);
  }

  static Standing none(int fields) {
    List<String> nothing = java.util.Collections.nCopies(fields, "");
    return new Standing(nothing, nothing);
  }

  /** The standing after a record with these values; a missing one changes nothing. */
  Standing after(List<String> values) {
    if (changesNothing(values)) {
      return this;
    }
    List<String> firstOf = new ArrayList<>();
    List<String> latestOf = new ArrayList<>();
    for (int field = 0; field < values.size(); field++) {
      String value = values.get(field);
      firstOf.add(first.get(field).isEmpty() ? value : first.get(field));
      latestOf.add(value.isEmpty() ? latest.get(field) : value);
    }
    return new Standing(firstOf, latestOf);
  }

  private boolean changesNothing(List<String> values) {
    for (int field = 0; field < values.size(); field++) {
      if (!values.get(field).isEmpty() && !values.get(field).equals(latest.get(field))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Standing";
  }
}
