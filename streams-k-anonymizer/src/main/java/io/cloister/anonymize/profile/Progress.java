// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

/** Told how far a profile is. */
public interface Progress {
  /**
   * Called by the thread that asked for the profile.
   *
   * @param done runs that are done
   * @param all runs that there will be
   */
  void runs(int done, int all);
}
