// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import java.util.ArrayList;
import java.util.List;

/** Columns of figures, set to the right, and one of text at the end. */
final class TextColumns {
  private final List<List<String>> rows = new ArrayList<>();

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  void print(List<String> lines) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        line.append("  ");
        if (column < row.size() - 1) {
          line.append(" ".repeat(width - row.get(column).length()));
        }
        line.append(row.get(column));
      }
      lines.add(line.toString());
    }
  }
}
