// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import io.cloister.aggregate.noise.RandomBits;

/**
 * Decides whether a group that was found in the data is named, by how many people it has; each
 * counts once in a group and in no more groups than declared. A group without people is never
 * named. What a selection costs is charged whenever it is tried, for all groups of a window
 * together, whatever it decides.
 */
public sealed interface GroupSelection permits OptimalSelection, ThresholdSelection {
  /**
   * @param people how many distinct people are in the group, not below zero
   * @param bits where the randomness comes from, used for this decision alone
   * @return whether the group may be named
   */
  boolean releases(long people, RandomBits bits);

  /**
   * @return with how many people a group is named at least every other time
   */
  long median();
}
