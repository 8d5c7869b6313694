// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes one finding of those that overlap: it spans them all, so that nothing found stays behind,
 * and has the type of the longest (then the surest, then the first by name).
 */
final class Overlaps {
  private static final Comparator<Finding> STRONGEST =
      Comparator.comparingInt(Finding::length)
          .thenComparingDouble(Finding::score)
          .thenComparing(Finding::type, Comparator.reverseOrder());

  private Overlaps() {}

  /**
   * @return findings that do not overlap, in the order of the text
   */
  static List<Finding> resolve(List<Finding> findings) {
    if (findings.size() < 2) {
      return findings;
    }
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(Comparator.comparingInt(Finding::start).thenComparing(Finding::end));
    List<Finding> resolved = new ArrayList<>();
    Finding strongest = sorted.get(0);
    int start = strongest.start();
    int end = strongest.end();
    for (Finding next : sorted.subList(1, sorted.size())) {
      if (next.start() >= end) {
        resolved.add(new Finding(strongest.type(), start, end, strongest.score()));
        strongest = next;
        start = next.start();
        end = next.end();
      } else {
        strongest = STRONGEST.compare(next, strongest) > 0 ? next : strongest;
        end = Math.max(end, next.end());
      }
    }
    resolved.add(new Finding(strongest.type(), start, end, strongest.score()));
    return resolved;
  }
}
