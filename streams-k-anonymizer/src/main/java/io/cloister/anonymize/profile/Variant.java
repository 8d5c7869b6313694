// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.path.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A config in which one quasi-identifier is changed in a way that takes one edit. */
record Variant(FieldPath field, WhatIf.Change change, AnonymizeConfig section) {

  /** All that one edit of one quasi-identifier makes of a section. */
  static List<Variant> of(AnonymizeConfig section) {
    List<Variant> variants = new ArrayList<>();
    section
        .quasiIdentifiers()
        .forEach((field, qi) -> variants.addAll(of(section, field, qi.hierarchy())));
    return variants;
  }

  private static List<Variant> of(
      AnonymizeConfig section, FieldPath field, HierarchyConfig hierarchy) {
    List<Variant> variants = new ArrayList<>();
    Map<FieldPath, AnonymizeConfig.QuasiIdentifier> fewer =
        new LinkedHashMap<>(section.quasiIdentifiers());
    fewer.remove(field);
    variants.add(new Variant(field, WhatIf.Change.LEFT_OUT, section.withQuasiIdentifiers(fewer)));
    coarser(hierarchy)
        .ifPresent(
            other -> {
              Map<FieldPath, AnonymizeConfig.QuasiIdentifier> changed =
                  new LinkedHashMap<>(section.quasiIdentifiers());
              changed.put(field, new AnonymizeConfig.QuasiIdentifier(other));
              variants.add(
                  new Variant(
                      field,
                      WhatIf.Change.FINEST_STEP_LEFT_OUT,
                      section.withQuasiIdentifiers(changed)));
            });
    return variants;
  }

  /** Without the finest step, where another is left; a file has its leaves for the finest. */
  private static Optional<HierarchyConfig> coarser(HierarchyConfig hierarchy) {
    if (hierarchy instanceof HierarchyConfig.Dates dates && dates.steps().size() > 1) {
      return Optional.of(new HierarchyConfig.Dates(rest(dates.steps())));
    } else if (hierarchy instanceof HierarchyConfig.Prefix prefix && prefix.lengths().size() > 1) {
      return Optional.of(new HierarchyConfig.Prefix(rest(prefix.lengths())));
    } else if (hierarchy instanceof HierarchyConfig.Intervals intervals
        && intervals.widths().size() > 1) {
      return Optional.of(new HierarchyConfig.Intervals(rest(intervals.widths())));
    }
    return Optional.empty();
  }

  private static <T> List<T> rest(List<T> steps) {
    return steps.subList(1, steps.size());
  }
}
