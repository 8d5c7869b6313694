// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.anonymize.file.FieldReport;
import io.cloister.anonymize.file.FileReport;
import io.cloister.common.path.FieldPath;

/**
 * What a change of one quasi-identifier would do for the others; for operators, not for
 * publication. Losses are compared over the others alone, since the changed one is measured anew.
 *
 * @param field the quasi-identifier
 * @param change what is done to it
 * @param othersBefore mean loss of the others as the config is, 0 to 1
 * @param report what the engine did with the change
 */
public record WhatIf(FieldPath field, Change change, double othersBefore, FileReport report) {
  /** What is done to a quasi-identifier. */
  public enum Change {
    /** It is neither a quasi-identifier nor published. */
    LEFT_OUT,
    /** The finest step of its hierarchy is not declared. */
    FINEST_STEP_LEFT_OUT
  }

  static WhatIf of(FieldPath field, Change change, FileReport before, FileReport after) {
    return new WhatIf(field, change, lossOfOthers(before, field), after);
  }

  /**
   * @return mean loss of the others with the change, 0 to 1
   */
  public double othersAfter() {
    return lossOfOthers(report, field);
  }

  private static double lossOfOthers(FileReport report, FieldPath field) {
    return report.quasiIdentifiers().stream()
        .filter(other -> !other.field().equals(field))
        .mapToDouble(FieldReport::loss)
        .average()
        .orElse(0);
  }
}
