// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes each person's classes of all epochs a chain, in the order of release: a new class contains
 * every earlier one, whichever epoch that was of. To this end an event goes by the labels in which
 * it meets its person's last class. Whoever counts people by these labels counts a person for those
 * cells alone that the person may be in.
 */
final class Nesting {
  private final EarlierClasses earlier;
  private final OpenEpochs epochs;

  /**
   * @param earlier the last classes
   * @param epochs the engine's
   */
  Nesting(EarlierClasses earlier, OpenEpochs epochs) {
    this.earlier = earlier;
    this.epochs = epochs;
  }

  /**
   * @param epoch the event's epoch
   * @param event an event
   * @return the labels that it goes by. An epoch's own class that covers it, and that the
   *     conditions let it join now, may be kept: it is in the chain.
   */
  int[][] chains(EpochState epoch, Event event) {
    int[][] exact = epoch.intern(event.chains());
    return epoch.hasClassFor(event, exact) ? exact : chainsOfHeld(epoch, event);
  }

  /** The same, of an event that waits, and may be released in another class than the own one. */
  int[][] chainsOfHeld(EpochState epoch, Event event) {
    int[][] exact = epoch.intern(event.chains());
    return last(event.person()).map(last -> epoch.meet(exact, last)).orElse(exact);
  }

  private Optional<List<List<String>>> last(String person) {
    return earlier.of(person).filter(last -> !last.isEmpty());
  }

  /** Whether the person has a class of an earlier epoch that binds this one. */
  boolean isBound(String person) {
    return last(person).isPresent();
  }

  /** Whether the person has left for good. */
  boolean hasLeft(String person) {
    return earlier.of(person).filter(List::isEmpty).isPresent();
  }

  /** Remembers that a person without a class leaves for good. */
  void leave(String person) {
    earlier.put(person, List.of());
  }

  /**
   * What a person takes along who leaves: where epochs bind one another that is everything, since
   * the classes elsewhere are to be one chain.
   *
   * @return the person in the given epoch, and in the others that the person leaves with it
   */
  Map<EpochState, Member> leaving(EpochState epoch, Member member) {
    Map<EpochState, Member> leaving = new LinkedHashMap<>(Map.of(epoch, member));
    if (earlier.bind()) {
      for (EpochState other : epochs.all()) {
        Optional.ofNullable(other.members().find(member.person()))
            .ifPresent(there -> leaving.put(other, there));
      }
    }
    return leaving;
  }

  /** Remembers a person's new class. */
  void remember(Member member, OpenCell cell) {
    earlier.put(member.person(), cell.lineages());
  }

  /** Lets what waits of people who have got a class go by the labels in which it meets that. */
  void raise(Collection<Member> members) {
    for (EpochState epoch : epochs.all()) {
      for (Member member : members) {
        Member there = epoch.members().find(member.person());
        if (there != null && there.waits()) {
          last(member.person()).ifPresent(last -> raise(epoch, there, last));
        }
      }
    }
  }

  private void raise(EpochState epoch, Member member, List<List<String>> last) {
    for (HeldEvent event : List.copyOf(member.held())) {
      epoch.raise(event, epoch.meet(event.chains(), last));
    }
  }
}
