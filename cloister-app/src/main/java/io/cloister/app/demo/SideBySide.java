// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.demo.TextTable.Cell;
import io.cloister.common.config.TopologyConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One event as three columns: what each stage let through. */
final class SideBySide {
  private static final int FIELD_WIDTH = 18;
  private static final int CHANGE_WIDTH = 22;
  private static final int ANONYMIZED_WIDTH = 20;
  private static final int GAPS = 2 * 4;

  /** Below this width the column that says what happened would squeeze the others. */
  private static final int WIDE = 100;

  private static final String ABSENT = "-";

  private final Palette palette;
  private final FieldChanges changes;
  private final int k;
  private final boolean wide;
  private final TextTable table;

  /**
   * @param config the pipeline's config
   * @param palette colours
   * @param width of the terminal, in characters
   */
  SideBySide(TopologyConfig config, Palette palette, int width) {
    this.palette = palette;
    this.changes = new FieldChanges(config);
    this.k = config.anonymize().orElseThrow().k();
    this.wide = width >= WIDE;
    int shared = width - FIELD_WIDTH - GAPS - (wide ? CHANGE_WIDTH : 0);
    // Raw and scrubbed text is longer than what analysts get.
    int first = (shared - Math.min(ANONYMIZED_WIDTH, shared / 3)) / 2;
    List<Integer> widths = new ArrayList<>(List.of(FIELD_WIDTH, first, first, shared - 2 * first));
    if (wide) {
      widths.add(CHANGE_WIDTH);
    }
    this.table = new TextTable(widths);
  }

  /**
   * @param event an event that came all the way
   * @return the lines to show
   */
  List<String> lines(FollowedEvent event) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        row(
            List.of(
                heading("field"),
                heading("raw"),
                heading("scrubbed"),
                heading("anonymized, k = " + k),
                heading("what happened"))));
    lines.add(palette.dim(table.rule()));
    Set<String> paths = new LinkedHashSet<>(event.raw().keySet());
    paths.addAll(event.scrubbed().keySet());
    paths.addAll(event.anonymized().keySet());
    for (String path : paths) {
      lines.addAll(row(cells(path, event)));
    }
    return lines;
  }

  private List<String> row(List<Cell> cells) {
    return table.row(wide ? cells : cells.subList(0, 4));
  }

  private List<Cell> cells(String path, FollowedEvent event) {
    String raw = event.raw().getOrDefault(path, ABSENT);
    String scrubbed = event.scrubbed().getOrDefault(path, ABSENT);
    String anonymized = event.anonymized().getOrDefault(path, ABSENT);
    return List.of(
        new Cell(path, palette::bold),
        cell(raw, raw.equals(scrubbed) ? UnaryOperator.identity() : palette::red),
        cell(scrubbed, raw.equals(scrubbed) ? UnaryOperator.identity() : palette::yellow),
        cell(anonymized, palette::green),
        new Cell(
            changes.describe(path, scrubbed.equals(ABSENT), anonymized.equals(ABSENT)),
            palette::dim));
  }

  private Cell cell(String text, UnaryOperator<String> paint) {
    return new Cell(text, text.equals(ABSENT) ? palette::dim : paint);
  }

  private Cell heading(String text) {
    return new Cell(text, palette::bold);
  }
}
