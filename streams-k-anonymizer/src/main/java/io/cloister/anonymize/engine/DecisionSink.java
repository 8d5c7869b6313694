// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/**
 * Told what becomes of events, in the order of release. Every event is told of once; one that moves
 * a second time, in the region of the second chance. The event that is told of equals the one that
 * was taken. Must not call the engine that tells.
 */
public interface DecisionSink {
  /**
   * The event goes out under the labels of its cell.
   *
   * @param event the event
   * @param cell the label of each quasi-identifier
   * @param loss how much the labels lose, 0 for nothing to 1 for everything
   */
  void released(Event event, List<String> cell, double loss);

  /**
   * The event is withheld: at its deadline no cell but the all-root one could take it.
   *
   * @param event the event
   */
  void suppressed(Event event);

  /**
   * The event leaves its region, and with it its person for the rest of the epoch, because too few
   * are like it there. It is to be decided on in the region of the second chance.
   *
   * @param event the event
   */
  void moved(Event event);

  /**
   * The event is withheld: its epoch was closed when it came.
   *
   * @param event the event
   */
  void late(Event event);
}
