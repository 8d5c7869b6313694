// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Inline;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import java.math.BigDecimal;
import java.util.List;

/**
 * How a quasi-identifier is generalized, from the finest published level to the root {@code *},
 * which every hierarchy has and none lists.
 */
@Doc("How a value is generalized, from the finest level that may be published to the root *.")
public sealed interface HierarchyConfig {
  /** Calendar steps. */
  @Doc("Dates: calendar steps from fine to coarse, such as [year, 5y, 10y].")
  @Inline
  record Dates(@Doc("Steps, each holding the one before.") List<DateStep> steps)
      implements HierarchyConfig {}

  /** Leading characters. */
  @Doc("Text: how many leading characters stay, from many to few, such as [5, 3, 1].")
  @Inline
  record Prefix(@Doc("Lengths, falling.") @Range(min = 1) List<Integer> lengths)
      implements HierarchyConfig {}

  /** The value itself, or nothing. */
  @Doc("The value as it is, or *.")
  record Flat() implements HierarchyConfig {}

  /** Intervals of growing width. */
  @Doc("Numbers: widths of intervals from 0 upwards, each a multiple of the one before.")
  @Inline
  record Intervals(@Doc("Widths, rising.") @Positive List<BigDecimal> widths)
      implements HierarchyConfig {}

  /** A file in ARX's format. */
  @Doc("A file in ARX's format, leaf;...;* a line, relative to the config.")
  @Inline
  record File(@Doc("The file.") String path) implements HierarchyConfig {}
}
