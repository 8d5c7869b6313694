// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/**
 * What becomes of an event. Every event gets one, and one only; one that moves gets a second one,
 * in the region of the second chance.
 */
public sealed interface Decision {
  /**
   * @return the event decided on
   */
  Event event();

  /**
   * The event goes out under the labels of its cell.
   *
   * @param event the event
   * @param cell the label of each quasi-identifier
   * @param loss how much the labels lose, 0 for nothing to 1 for everything
   */
  record Released(Event event, List<String> cell, double loss) implements Decision {
    @Override
    public String toString() {
      return "Released[" + event + "]";
    }
  }

  /**
   * The event is withheld: at its deadline no cell but the all-root one could take it.
   *
   * @param event the event
   */
  record Suppressed(Event event) implements Decision {}

  /**
   * The event leaves its region, and with it its person for the rest of the epoch, because too few
   * are like it there. It is to be decided on in the region of the second chance.
   *
   * @param event the event
   */
  record Moved(Event event) implements Decision {}

  /**
   * The event is withheld: its epoch was closed when it came.
   *
   * @param event the event
   */
  record Late(Event event) implements Decision {}
}
