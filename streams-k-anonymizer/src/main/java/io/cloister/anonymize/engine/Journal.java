// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/** Told of every change of the engine's state, before the call that makes it returns. */
public interface Journal {
  /**
   * @param state to be kept, in place of what is kept of the same cell, person or event
   */
  void put(EngineState state);

  /**
   * @param state no longer needed
   */
  void remove(EngineState state);

  /**
   * @return a journal for runs that do not survive a crash
   */
  static Journal none() {
    return new Journal() {
      @Override
      public void put(EngineState state) {}

      @Override
      public void remove(EngineState state) {}
    };
  }
}
