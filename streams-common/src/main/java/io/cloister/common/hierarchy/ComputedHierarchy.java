// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A hierarchy whose labels are computed from the value: no list of leaves is known. */
final class ComputedHierarchy implements Hierarchy {
  private final int levels;
  private final Function<String, Optional<List<String>>> labels;
  private final List<String> unknown;

  /**
   * @param levels with the root
   * @param labels the labels below the root, absent for a value that is not understood
   */
  ComputedHierarchy(int levels, Function<String, Optional<List<String>>> labels) {
    this.levels = levels;
    this.labels = labels;
    this.unknown = Collections.nCopies(levels, ROOT);
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public List<String> chain(String value) {
    if (value.isEmpty() || value.equals(ROOT)) {
      return unknown;
    }
    return labels
        .apply(value)
        .map(
            below -> {
              List<String> chain = new ArrayList<>(below);
              chain.add(ROOT);
              return List.copyOf(chain);
            })
        .orElse(unknown);
  }

  @Override
  public double loss(String label, int level) {
    return label.equals(ROOT) ? 1.0 : (double) level / (levels - 1);
  }
}
