// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import java.io.PrintWriter;
import java.util.List;

/** Columns of text, each as wide as its widest cell. */
final class Table {
  private Table() {}

  /**
   * @param out where to
   * @param rows rows of equally many cells
   */
  static void print(PrintWriter out, List<List<String>> rows) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String cell = row.get(column);
        line.append(cell);
        if (column < row.size() - 1) {
          line.append(" ".repeat(width - cell.length() + 2));
        }
      }
      out.println(line);
    }
  }
}
