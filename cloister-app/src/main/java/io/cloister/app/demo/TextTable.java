// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lays out cells in columns of fixed width and wraps what is longer, at spaces where it can. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<Integer> widths;

  /**
   * @param widths the columns' widths in characters
   */
  TextTable(List<Integer> widths) {
    this.widths = List.copyOf(widths);
  }

  /** A cell: its text and how it is painted once it has been laid out. */
  record Cell(String text, UnaryOperator<String> paint) {
    static Cell plain(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /**
   * @param cells one a column
   * @return the lines of one row
   */
  List<String> row(List<Cell> cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int column = 0; column < widths.size(); column++) {
      List<String> lines = wrap(cells.get(column).text(), widths.get(column));
      wrapped.add(lines);
      height = Math.max(height, lines.size());
    }
    List<String> rows = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < widths.size(); column++) {
        List<String> lines = wrapped.get(column);
        String text = line < lines.size() ? lines.get(line) : "";
        row.append(column == 0 ? "" : GAP)
            .append(cells.get(column).paint().apply(text))
            .append(" ".repeat(widths.get(column) - text.length()));
      }
      rows.add(row.toString().stripTrailing());
    }
    return rows;
  }

  /**
   * @return a line under a heading
   */
  String rule() {
    return String.join(GAP, widths.stream().map("-"::repeat).toList());
  }

  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text.stripTrailing();
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > width / 3 ? space : width;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
