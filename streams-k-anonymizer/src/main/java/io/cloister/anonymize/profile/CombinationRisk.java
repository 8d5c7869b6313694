// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.common.path.FieldPath;
import java.util.List;

/**
 * How far some quasi-identifiers together tell people apart, by their raw values. People of equal
 * values are a group; somebody with several rows counts by the one that has the fewest people. For
 * operators, not for publication.
 *
 * @param fields the quasi-identifiers, in the order declared
 * @param groups different combinations of values
 * @param unique people whom one combination singles out
 * @param underK people in a group of fewer than k, those singled out among them
 */
public record CombinationRisk(List<FieldPath> fields, long groups, long unique, long underK) {
  /** Copies the list. */
  public CombinationRisk {
    fields = List.copyOf(fields);
  }
}
