// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import java.util.List;

/**
 * A fixed tree from values to the root. Levels count from 0, the finest that may be published, to
 * {@code levels() - 1}, the root {@code *}. A label stands for the same set of values wherever it
 * appears. Safe for use by several threads.
 */
public interface Hierarchy {
  /** The root of every hierarchy. */
  String ROOT = "*";

  /**
   * @return how many levels there are, at least 1
   */
  int levels();

  /**
   * @param value a raw value
   * @return the labels that hold it, from level 0 to the root; all {@link #ROOT} for a value that
   *     the hierarchy does not know
   */
  List<String> chain(String value);

  /**
   * @param label a label of the given level
   * @param level its level
   * @return how much is lost by publishing it, from 0 for nothing to 1 for everything: (leaves - 1)
   *     / (domain - 1) where the leaves are known, else level / (levels - 1)
   */
  double loss(String label, int level);
}
