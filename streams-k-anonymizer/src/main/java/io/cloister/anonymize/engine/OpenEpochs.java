// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The epochs that an engine knows something of, and what is to be forgotten of closed ones. */
final class OpenEpochs {
  /** How much of a closed epoch is forgotten in one call, so that no call takes long. */
  private static final int FORGOTTEN_AT_ONCE = 256;

  private final EngineSettings settings;
  private final Journal journal;

  /** By number. There are few. */
  private final List<EpochState> epochs = new ArrayList<>();

  private final Deque<Iterator<EngineState>> forgetting = new ArrayDeque<>();

  OpenEpochs(EngineSettings settings, Journal journal) {
    this.settings = settings;
    this.journal = journal;
  }

  /** The epoch of a number, known from now on. Allocates nothing when it was known before. */
  EpochState get(long number) {
    int at = epochs.size();
    while (at > 0 && epochs.get(at - 1).epoch() >= number) {
      at--;
      if (epochs.get(at).epoch() == number) {
        return epochs.get(at);
      }
    }
    EpochState epoch = new EpochState(number, settings, journal);
    epochs.add(at, epoch);
    return epoch;
  }

  int size() {
    return epochs.size();
  }

  /** The epoch of a place, by number. */
  EpochState at(int place) {
    return epochs.get(place);
  }

  /** By number. */
  List<EpochState> all() {
    return Collections.unmodifiableList(epochs);
  }

  /** Whether nothing is known, nor left to be forgotten. */
  boolean areForgotten() {
    return epochs.isEmpty() && forgetting.isEmpty();
  }

  /** Forgets closed epochs in which nothing waits any more, a part at a time. */
  void forgetClosed(long oldestOpen) {
    while (!epochs.isEmpty() && epochs.get(0).epoch() < oldestOpen && epochs.get(0).held() == 0) {
      forgetting.add(everything(epochs.remove(0)).iterator());
    }
    int left = FORGOTTEN_AT_ONCE;
    while (left > 0 && !forgetting.isEmpty()) {
      Iterator<EngineState> states = forgetting.getFirst();
      while (left > 0 && states.hasNext()) {
        journal.remove(states.next());
        left--;
      }
      if (!states.hasNext()) {
        forgetting.removeFirst();
      }
    }
  }

  /** People first: a cell is needed as long as it is somebody's class. */
  private static List<EngineState> everything(EpochState epoch) {
    List<EngineState> states = new ArrayList<>();
    epoch
        .members()
        .forEach(
            member ->
                member
                    .cell()
                    .map(
                        cell ->
                            new EngineState.Settled(epoch.epoch(), member.person(), cell.texts()))
                    .ifPresent(states::add));
    epoch.moved().forEach(person -> states.add(new EngineState.Moved(epoch.epoch(), person)));
    states.addAll(epoch.conditions().states());
    epoch.cells().all().forEach(cell -> states.add(epoch.stateOf(cell)));
    return states;
  }
}
