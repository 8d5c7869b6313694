// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.hierarchy.Hierarchy;

/** Builds the hierarchies that group keys refer to. */
@FunctionalInterface
public interface HierarchySource {
  /**
   * @param config how a quasi-identifier is generalized
   * @return the hierarchy
   */
  Hierarchy of(HierarchyConfig config);
}
