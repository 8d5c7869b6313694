// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/** A piece of the engine's state. All pieces together rebuild the engine. */
public sealed interface EngineState {
  /**
   * An open cell.
   *
   * @param epoch its epoch
   * @param lineages for each quasi-identifier the cell's label and those above it, up to the root
   */
  record Cell(long epoch, List<List<String>> lineages) implements EngineState {
    @Override
    public String toString() {
      return "Cell[epoch=" + epoch + "]";
    }

    /**
     * @return the cell's labels
     */
    public List<String> labels() {
      return lineages.stream().map(lineage -> lineage.get(0)).toList();
    }
  }

  /**
   * A person's class.
   *
   * @param epoch the epoch
   * @param person the person
   * @param cell the labels of the class, an open cell
   */
  record Settled(long epoch, String person, List<String> cell) implements EngineState {
    @Override
    public String toString() {
      return "Settled[epoch=" + epoch + "]";
    }
  }

  /**
   * A person who has left the region for the rest of the epoch, in place of a class.
   *
   * @param epoch the epoch
   * @param person the person
   */
  record Moved(long epoch, String person) implements EngineState {
    @Override
    public String toString() {
      return "Moved[epoch=" + epoch + "]";
    }
  }

  /**
   * What counts of a person's sensitive values; kept only where there are conditions on them.
   *
   * @param epoch the epoch
   * @param person the person
   * @param seen among everybody who came
   * @param released in each cell that the person was released in
   */
  record Values(long epoch, String person, Standing seen, List<InCell> released)
      implements EngineState {
    /**
     * A person's standing in a cell.
     *
     * @param cell the labels
     * @param standing what the person counts for
     */
    public record InCell(List<String> cell, Standing standing) {
      @Override
      public String toString() {
        return "InCell[]";
      }
    }

    @Override
    public String toString() {
      return "Values[epoch=" + epoch + "]";
    }
  }

  /**
   * An event that waits.
   *
   * @param sequence its place in the order of arrival
   * @param event the event
   */
  record Held(long sequence, Event event) implements EngineState {}

  /**
   * How far epochs are closed.
   *
   * @param oldestOpen the oldest epoch that takes events
   */
  record Closed(long oldestOpen) implements EngineState {}
}
