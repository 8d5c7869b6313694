// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a journal has kept, in the order in which an engine can take it over: cells before the
 * classes that they are, and classes before the events that wait.
 */
final class StoredState {
  private final List<EngineState.Settled> settled = new ArrayList<>();
  private final List<EngineState.Held> held = new ArrayList<>();
  private long oldestOpen = Long.MIN_VALUE;
  private long nextSequence;

  private StoredState() {}

  /** Rebuilds epochs and events that wait. */
  static StoredState restore(
      Iterable<? extends EngineState> stored, OpenEpochs epochs, Nesting nesting, HeldEvents into) {
    StoredState state = new StoredState();
    stored.forEach(one -> state.sort(one, epochs));
    state.settled.forEach(one -> epochs.get(one.epoch()).restore(one));
    state.held.sort(Comparator.comparingLong(EngineState.Held::sequence));
    for (EngineState.Held one : state.held) {
      EpochState epoch = epochs.get(one.event().epoch());
      int[][] chains = nesting.chainsOfHeld(epoch, one.event());
      into.hold(new HeldEvent(one.sequence(), one.event(), epoch, chains));
      state.nextSequence = one.sequence() + 1;
    }
    return state;
  }

  private void sort(EngineState stored, OpenEpochs epochs) {
    if (stored instanceof EngineState.Cell cell) {
      epochs.get(cell.epoch()).restore(cell);
    } else if (stored instanceof EngineState.Settled one) {
      settled.add(one);
    } else if (stored instanceof EngineState.Moved one) {
      epochs.get(one.epoch()).moved().add(one.person());
    } else if (stored instanceof EngineState.Values values) {
      epochs.get(values.epoch()).conditions().restore(values);
    } else if (stored instanceof EngineState.Held one) {
      held.add(one);
    } else if (stored instanceof EngineState.Closed closed) {
      oldestOpen = closed.oldestOpen();
    }
  }

  /** The oldest epoch that was open; the first number of all when that was not kept. */
  long oldestOpen() {
    return oldestOpen;
  }

  /** Above that of every event that waits. */
  long nextSequence() {
    return nextSequence;
  }
}
