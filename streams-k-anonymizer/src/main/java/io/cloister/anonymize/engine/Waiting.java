// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The people without a class who have events waiting, by labels of level 0, and by all labels for
 * whoever opens a cell.
 */
final class Waiting {
  private final Map<Tuple, LeafGroup> groups = new HashMap<>();
  private final WaitingIndex index;

  Waiting(int quasiIdentifiers) {
    this.index = new WaitingIndex(quasiIdentifiers);
  }

  /**
   * Adds an event to its person's and to its group.
   *
   * @param event the event
   * @param loss what the best open cell would lose for it, 1 without one
   */
  void add(HeldEvent event, double loss) {
    event.member().add(event);
    enter(event, loss);
  }

  /** Takes an event from its person's and from its group. */
  void remove(HeldEvent event) {
    double loss = event.slot() == HeldEvent.NO_SLOT ? 1 : index.openLoss(event);
    event.member().remove(event);
    leave(event);
    event.member().held().stream()
        .filter(other -> other.leaf().equals(event.leaf()))
        .findFirst()
        .filter(other -> !isIndexed(other))
        .ifPresent(other -> index(other, loss));
  }

  /** Puts an event that goes by other labels in place of one, among its person's too. */
  void replace(HeldEvent event, HeldEvent by, double loss) {
    remove(event);
    event.member().add(by);
    enter(by, loss);
  }

  /** Takes a person's events from their groups; they stay the person's. */
  void leave(Member member) {
    member.held().forEach(this::leave);
  }

  private void enter(HeldEvent event, double loss) {
    groups.computeIfAbsent(event.leaf(), leaf -> new LeafGroup()).add(event);
    if (!isIndexed(event)) {
      index(event, loss);
    }
  }

  /** Whether the person is indexed under the event's finest labels. */
  private static boolean isIndexed(HeldEvent event) {
    for (HeldEvent other : event.member().held()) {
      if (other.slot() != HeldEvent.NO_SLOT && other.leaf().equals(event.leaf())) {
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
    LeafGroup group = groups.get(event.leaf());
    if (group != null) {
      group.held().remove(event);
      if (group.held().isEmpty()) {
        groups.remove(event.leaf());
      }
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

  Optional<LeafGroup> group(Tuple leaf) {
    return Optional.ofNullable(groups.get(leaf));
  }

  WaitingIndex index() {
    return index;
  }
}
