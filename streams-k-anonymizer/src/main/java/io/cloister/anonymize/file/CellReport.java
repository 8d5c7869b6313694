// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.anonymize.engine.CellAudit;
import io.cloister.common.path.FieldPath;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the cells of a run have come to: the least over all cells, and those with the fewest people
 * one by one.
 *
 * @param sensitive the sensitive fields
 * @param cells all cells
 */
public record CellReport(List<FieldPath> sensitive, List<CellAudit.Achieved<List<String>>> cells) {
  /** A list of more cells would be read by nobody. */
  static final int LISTED = 1000;

  /** Copies the lists. */
  public CellReport {
    sensitive = List.copyOf(sensitive);
    cells = List.copyOf(cells);
  }

  /**
   * Writes both into a report.
   *
   * @param report to be added to
   */
  void addTo(ObjectNode report) {
    if (cells.isEmpty()) {
      return;
    }
    ObjectNode achieved = report.putObject("achieved");
    achieved.put("k", cells.stream().mapToInt(CellAudit.Achieved::openedFor).min().orElse(0));
    add(
        achieved,
        cells.stream()
            .map(CellAudit.Achieved::fields)
            .reduce(
                (one, other) ->
                    IntStream.range(0, one.size())
                        .mapToObj(field -> one.get(field).worse(other.get(field)))
                        .toList())
            .orElse(List.of()));
    var listed = report.putArray("smallest_cells");
    cells.stream()
        .sorted(Comparator.comparingInt(CellAudit.Achieved::people))
        .limit(LISTED)
        .forEach(cell -> listed.add(json(cell)));
  }

  private ObjectNode json(CellAudit.Achieved<List<String>> cell) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!cell.region().isEmpty()) {
      cell.region().forEach(json.putArray("region")::add);
    }
    json.put("epoch", cell.epoch());
    cell.labels().forEach(json.putArray("labels")::add);
    json.put("opened_for", cell.openedFor()).put("people", cell.people());
    add(json, cell.fields());
    return json;
  }

  private void add(ObjectNode json, List<CellAudit.Figures> fields) {
    if (fields.isEmpty()) {
      return;
    }
    ObjectNode all = json.putObject("sensitive");
    for (int field = 0; field < fields.size(); field++) {
      CellAudit.Figures figures = fields.get(field);
      all.putObject(sensitive.get(field).toString())
          .put("l_distinct", figures.distinct())
          .put("l_entropy", FileReport.rounded(figures.entropy()))
          .put("t", FileReport.rounded(figures.distance()))
          .put("t_at_end", FileReport.rounded(figures.distanceAtEnd()));
    }
  }
}
