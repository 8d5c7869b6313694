// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;

/** The people without a class who have events waiting, by all labels for whoever opens a cell. */
final class Waiting {
  private final WaitingIndex index;

  Waiting(int quasiIdentifiers) {
    this.index = new WaitingIndex(quasiIdentifiers);
  }

  /**
   * Adds an event to its person's, and its person to those who wait by its labels.
   *
   * @param event the event
   * @param loss what the best open cell would lose for it, 1 without one
   */
  void add(HeldEvent event, double loss) {
    event.member().add(event);
    if (!isIndexed(event)) {
      index(event, loss);
    }
  }

  /** Takes an event from its person's; the person waits by its labels while others have them. */
  void remove(HeldEvent event) {
    double loss = event.slot() == HeldEvent.NO_SLOT ? 1 : index.openLoss(event);
    event.member().remove(event);
    leave(event);
    Tuple leaf = event.leaf();
    event.member().held().stream()
        .filter(other -> other.goesBy(leaf))
        .findFirst()
        .filter(other -> !isIndexed(other))
        .ifPresent(other -> index(other, loss));
  }

  /** Counts a person no more; the events stay the person's. */
  void leave(Member member) {
    member.held().forEach(this::leave);
  }

  /**
   * @param view an event's ancestors
   * @param levels those of a cell
   * @return the events that wait by the cell's labels, none of them finer, in the order of arrival
   */
  List<HeldEvent> by(View view, int[] levels) {
    Tuple labels = Tuple.at(view.chains(), levels);
    List<HeldEvent> found = new ArrayList<>();
    for (HeldEvent one : Opening.covered(view, index, levels)) {
      if (one.goesBy(labels)) {
        for (HeldEvent held : one.member().held()) {
          if (held.goesBy(labels)) {
            found.add(held);
          }
        }
      }
    }
    found.sort(HeldEvent.BY_ARRIVAL);
    return found;
  }

  /** Whether the person is indexed under the event's finest labels. */
  private static boolean isIndexed(HeldEvent event) {
    if (event.slot() != HeldEvent.NO_SLOT) {
      return true;
    }
    Tuple leaf = event.leaf();
    for (HeldEvent other : event.member().held()) {
      if (other.slot() != HeldEvent.NO_SLOT && other.goesBy(leaf)) {
        return true;
      }
    }
    return false;
  }

  private void index(HeldEvent event, double loss) {
    index.add(event, loss);
    markSeveral(event.member());
  }

  private void leave(HeldEvent event) {
    if (event.slot() != HeldEvent.NO_SLOT) {
      index.remove(event);
      markSeveral(event.member());
    }
  }

  private void markSeveral(Member member) {
    int slots = 0;
    for (HeldEvent held : member.held()) {
      slots += held.slot() == HeldEvent.NO_SLOT ? 0 : 1;
    }
    for (HeldEvent held : member.held()) {
      if (held.slot() != HeldEvent.NO_SLOT) {
        index.several(held.slot(), slots > 1);
      }
    }
  }

  WaitingIndex index() {
    return index;
  }
}
