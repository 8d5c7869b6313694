// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import io.cloister.common.hierarchy.Hierarchy;
import io.cloister.common.path.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts on which level of its hierarchy each quasi-identifier of each row was released. */
final class LevelUse {
  private final List<Hierarchy> hierarchies;
  private final long[][] rows;
  private final double[] loss;

  LevelUse(List<Hierarchy> hierarchies) {
    this.hierarchies = hierarchies;
    this.rows = hierarchies.stream().map(each -> new long[each.levels()]).toArray(long[][]::new);
    this.loss = new double[rows.length];
  }

  /**
   * @param chains the row's labels of each quasi-identifier, from level 0 to the root
   * @param cell the labels that it was released under
   */
  void released(List<List<String>> chains, List<String> cell) {
    for (int q = 0; q < rows.length; q++) {
      // A label on several levels counts as the highest, as it does for the engine.
      int level = chains.get(q).lastIndexOf(cell.get(q));
      rows[q][level]++;
      loss[q] += hierarchies.get(q).loss(cell.get(q), level);
    }
  }

  void withheld() {
    for (int q = 0; q < loss.length; q++) {
      loss[q]++;
    }
  }

  List<FieldReport> report(List<FieldPath> fields, long records) {
    List<FieldReport> reports = new ArrayList<>();
    for (int q = 0; q < rows.length; q++) {
      reports.add(
          new FieldReport(
              fields.get(q),
              records == 0 ? 0 : loss[q] / records,
              Arrays.stream(rows[q]).boxed().toList()));
    }
    return List.copyOf(reports);
  }
}
