// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.record.Scalars;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes hierarchies from their declarations. */
public final class Hierarchies {
  private Hierarchies() {}

  /**
   * @param config a hierarchy's declaration
   * @param base the directory to which file names are relative
   * @return the hierarchy; its level 0 is the first step declared
   * @throws InputException when the steps do not nest or the file is no hierarchy
   */
  public static Hierarchy of(HierarchyConfig config, Path base) {
    if (config instanceof HierarchyConfig.Dates dates) {
      return dates(dates.steps());
    } else if (config instanceof HierarchyConfig.Prefix prefix) {
      return prefix(prefix.lengths());
    } else if (config instanceof HierarchyConfig.Intervals intervals) {
      return intervals(intervals.widths());
    } else if (config instanceof HierarchyConfig.File file) {
      return FileHierarchy.read(base.resolve(file.path()));
    } else {
      return new ComputedHierarchy(2, value -> Optional.of(List.of(value)));
    }
  }

  /**
   * @param config a hierarchy's declaration
   * @param made the hierarchy made from it
   * @return text that differs for hierarchies that differ: a file's by what it holds, wherever it
   *     is
   */
  public static String identity(HierarchyConfig config, Hierarchy made) {
    return made instanceof FileHierarchy file ? "file sha256=" + file.digest() : config.toString();
  }

  private static Hierarchy dates(List<DateStep> steps) {
    checkSome(steps, "dates");
    for (int i = 1; i < steps.size(); i++) {
      DateStep fine = steps.get(i - 1);
      DateStep coarse = steps.get(i);
      boolean rises =
          fine.unit() == coarse.unit()
              ? coarse.count() > fine.count() && coarse.count() % fine.count() == 0
              : coarse.unit().compareTo(fine.unit()) > 0;
      if (!rises) {
        throw new InputException(
            "dates: " + coarse + " does not hold whole steps of " + fine + "; each step must");
      }
    }
    return new ComputedHierarchy(
        steps.size() + 1,
        value -> {
          List<String> labels = new ArrayList<>();
          for (DateStep step : steps) {
            Optional<String> label = Coarsening.date(value, step);
            if (label.isEmpty()) {
              return Optional.empty();
            }
            labels.add(label.get());
          }
          return Optional.of(labels);
        });
  }

  private static Hierarchy prefix(List<Integer> lengths) {
    checkSome(lengths, "prefix");
    for (int i = 0; i < lengths.size(); i++) {
      if (lengths.get(i) < 1 || (i > 0 && lengths.get(i) >= lengths.get(i - 1))) {
        throw new InputException("prefix: lengths must fall and be at least 1, found " + lengths);
      }
    }
    int longest = lengths.get(0);
    return new ComputedHierarchy(
        lengths.size() + 1,
        value -> {
          // A value with a star in it would be taken for a shorter prefix.
          if (value.contains(Hierarchy.ROOT)) {
            return Optional.empty();
          }
          return Optional.of(lengths.stream().map(n -> start(value, n, longest)).toList());
        });
  }

  /** A value shorter than the prefix stays whole: nothing else shares it. */
  private static String start(String value, int length, int longest) {
    if (value.codePointCount(0, value.length()) < length) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, length))
        + Hierarchy.ROOT.repeat(longest - length);
  }

  private static Hierarchy intervals(List<BigDecimal> widths) {
    checkSome(widths, "intervals");
    for (int i = 0; i < widths.size(); i++) {
      BigDecimal width = widths.get(i);
      if (width.signum() <= 0) {
        throw new InputException("intervals: widths must be above 0, found " + width);
      }
      if (i > 0
          && (width.compareTo(widths.get(i - 1)) <= 0
              || width.remainder(widths.get(i - 1)).signum() != 0)) {
        throw new InputException(
            "intervals: each width must be a multiple of the one before, found "
                + width
                + " after "
                + widths.get(i - 1));
      }
    }
    return new ComputedHierarchy(
        widths.size() + 1,
        value ->
            Scalars.number(TextNode.valueOf(value))
                .map(number -> widths.stream().map(w -> Coarsening.interval(number, w)).toList()));
  }

  private static void checkSome(List<?> steps, String kind) {
    if (steps.isEmpty()) {
      throw new InputException(kind + ": at least one step is needed");
    }
  }
}
