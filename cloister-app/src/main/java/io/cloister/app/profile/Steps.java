// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.List;

/** Names for the levels of a hierarchy, from the config alone: labels of a file may be values. */
final class Steps {
  private Steps() {}

  static List<String> of(HierarchyConfig hierarchy, int levels) {
    List<String> names = new ArrayList<>();
    if (hierarchy instanceof HierarchyConfig.Dates dates) {
      dates.steps().forEach(step -> names.add(step.toString()));
    } else if (hierarchy instanceof HierarchyConfig.Prefix prefix) {
      prefix.lengths().forEach(length -> names.add("first " + length));
    } else if (hierarchy instanceof HierarchyConfig.Intervals intervals) {
      intervals.widths().forEach(width -> names.add("width " + width.toPlainString()));
    } else {
      names.add("value");
      for (int level = 1; level < levels - 1; level++) {
        names.add("level " + level);
      }
    }
    names.add(Hierarchy.ROOT);
    return names;
  }
}
