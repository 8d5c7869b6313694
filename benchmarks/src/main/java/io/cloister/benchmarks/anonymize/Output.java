// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

/** Takes what an algorithm decides, at the moment at which it decides it. */
interface Output {
  /**
   * @param row the event
   * @param cell the node of each quasi-identifier
   */
  void release(int row, int[] cell);

  /**
   * @param row the event, which is withheld or published with nothing left of it
   */
  void suppress(int row);
}
