// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchy;
import java.util.List;

/**
 * What an engine has to hold to.
 *
 * @param k how many distinct people open a cell, at least 2
 * @param hierarchies one for each quasi-identifier, in the order of an event's chains
 * @param conditions for each of an event's sensitive values those on a cell; all must hold
 */
public record EngineSettings(
    int k, List<Hierarchy> hierarchies, List<List<SensitiveCondition>> conditions) {
  /** Refuses what cannot be held to. */
  public EngineSettings {
    hierarchies = List.copyOf(hierarchies);
    conditions = conditions.stream().map(List::copyOf).toList();
    if (k < 2) {
      throw new InputException("anonymize.k: must be at least 2, found " + k);
    }
    if (hierarchies.isEmpty()) {
      throw new InputException("anonymize.quasi-identifiers: at least one is needed");
    }
  }
}
