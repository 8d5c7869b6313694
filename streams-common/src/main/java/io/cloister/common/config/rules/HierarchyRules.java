// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchies;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiPredicate;

/** Levels that nest. */
final class HierarchyRules {
  private HierarchyRules() {}

  static void check(HierarchyConfig config, List<String> path, Path directory, Report report) {
    if (config instanceof HierarchyConfig.Dates dates) {
      rising(
          dates.steps(),
          below(path, "dates"),
          HierarchyRules::holds,
          "steps that each hold whole ones of the step before, such as [day, month, year, 5y]",
          report);
    } else if (config instanceof HierarchyConfig.Prefix prefix) {
      rising(
          prefix.lengths(),
          below(path, "prefix"),
          (before, next) -> next < before,
          "lengths that fall, such as [5, 3, 1]",
          report);
    } else if (config instanceof HierarchyConfig.Intervals intervals) {
      rising(
          intervals.widths(),
          below(path, "intervals"),
          HierarchyRules::multiple,
          "widths that are each a multiple of the one before, such as [30, 60, 120]",
          report);
    } else if (config instanceof HierarchyConfig.File) {
      try {
        Hierarchies.of(config, directory);
      } catch (InputException e) {
        report.error(
            below(path, "file"),
            String.valueOf(e.getMessage()),
            "a file in ARX's format: leaf;...;*");
      }
    }
  }

  /** How many levels there are with the root, absent for a hierarchy that has a problem. */
  static OptionalInt levels(HierarchyConfig config, Path directory) {
    try {
      return OptionalInt.of(Hierarchies.of(config, directory).levels());
    } catch (InputException e) {
      return OptionalInt.empty();
    }
  }

  private static <T> void rising(
      List<T> steps, List<String> path, BiPredicate<T, T> follows, String allowed, Report report) {
    if (steps.isEmpty() && !report.hasBelow(path)) {
      report.error(path, "an empty list", allowed);
    }
    for (int i = 1; i < steps.size(); i++) {
      if (!follows.test(steps.get(i - 1), steps.get(i))) {
        String found = show(steps.get(i)) + " after " + show(steps.get(i - 1));
        report.error(below(path, "[" + i + "]"), found, allowed);
      }
    }
  }

  private static String show(Object step) {
    return step instanceof BigDecimal decimal ? decimal.toPlainString() : step.toString();
  }

  private static boolean holds(DateStep before, DateStep next) {
    return next.unit() == before.unit()
        ? next.count() > before.count() && next.count() % before.count() == 0
        : next.unit().compareTo(before.unit()) > 0;
  }

  private static boolean multiple(BigDecimal before, BigDecimal next) {
    return next.compareTo(before) > 0 && next.remainder(before).signum() == 0;
  }
}
