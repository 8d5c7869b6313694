// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import io.cloister.it.Submissions.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Counts the submissions anew, without noise: per window and module, after bounding each student to
 * the first so many modules and the first so many submissions in each of them. Shares no code with
 * the aggregator.
 */
final class Recount {
  /** A window and a module. */
  record Cell(Instant start, String module) {}

  private record Student(Instant start, String student) {}

  private final long windowMillis;
  private final int modulesPerStudent;
  private final int submissionsPerModule;
  private final Function<Submission, OptionalLong> value;

  /** The value is absent where a submission has none that counts. */
  Recount(
      Duration window,
      int modulesPerStudent,
      int submissionsPerModule,
      Function<Submission, OptionalLong> value) {
    this.windowMillis = window.toMillis();
    this.modulesPerStudent = modulesPerStudent;
    this.submissionsPerModule = submissionsPerModule;
    this.value = value;
  }

  Map<Cell, Long> of(List<Submission> submissions) {
    Map<Cell, Long> totals = new HashMap<>();
    Map<Student, Set<String>> modules = new HashMap<>();
    Map<Student, Map<String, Integer>> contributions = new HashMap<>();
    for (Submission submission : submissions) {
      OptionalLong counts = value.apply(submission);
      if (counts.isEmpty()) {
        continue;
      }
      Instant start = window(submission.time());
      Student student = new Student(start, submission.student());
      Set<String> mine = modules.computeIfAbsent(student, unused -> new LinkedHashSet<>());
      if (!mine.contains(submission.module()) && mine.size() == modulesPerStudent) {
        continue;
      }
      mine.add(submission.module());
      int nth =
          contributions
              .computeIfAbsent(student, unused -> new HashMap<>())
              .merge(submission.module(), 1, Integer::sum);
      if (nth <= submissionsPerModule) {
        totals.merge(new Cell(start, submission.module()), counts.getAsLong(), Long::sum);
      }
    }
    return totals;
  }

  private Instant window(Instant time) {
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), windowMillis) * windowMillis);
  }
}
