// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.common.error.BugException;
import java.util.List;

/**
 * How a config trades information for delay on a sample. For operators, not for publication: the
 * reports of its points hold the labels of cells, all else field names and counts alone. What is
 * written of it leaves the labels out.
 *
 * @param rows rows in the sample
 * @param k the config's own k
 * @param delayRows the delay at which quasi-identifiers and what-ifs were looked at
 * @param grid every k with every delay, by k, then by delay
 * @param tooLong delays that were asked for and left out, since the sample is no longer than them
 * @param whatIfs changes of one quasi-identifier, at the config's own k and {@code delayRows};
 *     empty when there is one quasi-identifier alone
 * @param risk the sample before anything is generalized
 */
public record Profile(
    long rows,
    int k,
    long delayRows,
    List<GridPoint> grid,
    List<Long> tooLong,
    List<WhatIf> whatIfs,
    SampleRisk risk) {
  /** Copies the lists. */
  public Profile {
    grid = List.copyOf(grid);
    tooLong = List.copyOf(tooLong);
    whatIfs = List.copyOf(whatIfs);
  }

  /**
   * @return the point of the config's own k and {@link #delayRows}
   */
  public GridPoint own() {
    return grid.stream()
        .filter(point -> point.k() == k && point.delayRows() == delayRows)
        .findFirst()
        .orElseThrow(() -> new BugException("the grid lacks the config's own k"));
  }
}
