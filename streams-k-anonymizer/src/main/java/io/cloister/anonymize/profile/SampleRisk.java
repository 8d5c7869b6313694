// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import java.util.Comparator;
import java.util.List;

/**
 * How exposed the people of a sample are before anything is generalized. For operators, not for
 * publication.
 *
 * @param people distinct people in the sample
 * @param combinations every single quasi-identifier, pair and triple, and all of them together,
 *     riskiest first: most people singled out, then most in groups under k, then fewest fields
 */
public record SampleRisk(long people, List<CombinationRisk> combinations) {
  private static final Comparator<CombinationRisk> RISKIEST_FIRST =
      Comparator.comparingLong(CombinationRisk::unique)
          .thenComparingLong(CombinationRisk::underK)
          .reversed()
          .thenComparingInt(risk -> risk.fields().size());

  /** Ranks the combinations. */
  public SampleRisk {
    combinations = combinations.stream().sorted(RISKIEST_FIRST).toList();
  }

  /**
   * @param fields how many quasi-identifiers
   * @return the combinations of that many, riskiest first
   */
  public List<CombinationRisk> of(int fields) {
    return combinations.stream().filter(risk -> risk.fields().size() == fields).toList();
  }
}
