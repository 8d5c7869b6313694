// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Several runs in one cell of a table. */
final class Verdicts {
  private Verdicts() {}

  /**
   * @param verdicts at least one
   * @param repeats whether to tell who is narrowed down
   * @return means; of the loss also the standard deviation, where there are several
   */
  static String text(List<Verdict> verdicts, boolean repeats) {
    double glm = mean(verdicts, Verdict::glm);
    StringBuilder text = new StringBuilder(decimal(glm));
    if (verdicts.size() > 1) {
      double squares = mean(verdicts, verdict -> Math.pow(verdict.glm() - glm, 2));
      double deviation = Math.sqrt(squares * verdicts.size() / (verdicts.size() - 1));
      text.append(" ± ").append(decimal(deviation));
    }
    text.append(percent(" · %.0f%%", mean(verdicts, Verdict::immediate)));
    text.append(percent(" · %.2f%%", mean(verdicts, Verdict::suppressed)));
    if (repeats) {
      text.append(percent(" · %.1f%%", mean(verdicts, Verdict::narrowed)));
    }
    return text.toString();
  }

  private static double mean(List<Verdict> verdicts, ToDoubleFunction<Verdict> of) {
    return verdicts.stream().mapToDouble(of).average().orElseThrow();
  }

  private static String decimal(double share) {
    return String.format(Locale.ROOT, "%.3f", share).replaceFirst("^0", "");
  }

  private static String percent(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }
}
