// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The people without a class who have events waiting, by labels of level 0. Nearly all wait in one
 * group; those who wait in several are kept apart, so that nobody is counted twice.
 */
final class Waiting {
  private final Map<Tuple, LeafGroup> groups = new LinkedHashMap<>();
  private final Set<Member> inSeveral = new LinkedHashSet<>();
  private int people;

  /** Adds an event to its person's and to its group. */
  void add(HeldEvent event) {
    count(event.member(), -1);
    event.member().held().add(event);
    group(event).add(event);
    count(event.member(), 1);
  }

  /** Takes an event from its person's and from its group. */
  void remove(HeldEvent event) {
    count(event.member(), -1);
    event.member().held().remove(event);
    leave(event);
    count(event.member(), 1);
  }

  /** Puts an event that goes by other labels in place of one, among its person's too. */
  void replace(HeldEvent event, HeldEvent by) {
    Member member = event.member();
    count(member, -1);
    leave(event);
    member.held().replaceAll(held -> held == event ? by : held);
    group(by).add(by);
    count(member, 1);
  }

  private LeafGroup group(HeldEvent event) {
    return groups.computeIfAbsent(event.leaf(), leaf -> new LeafGroup(event.chains()));
  }

  /** Takes a person's events from their groups; they stay the person's. */
  void leave(Member member) {
    count(member, -1);
    member.held().forEach(this::leave);
  }

  private void leave(HeldEvent event) {
    LeafGroup group = groups.get(event.leaf());
    if (group != null) {
      group.held().remove(event);
      if (group.held().isEmpty()) {
        groups.remove(event.leaf());
      }
    }
  }

  private void count(Member member, int change) {
    if (member.held().isEmpty()) {
      return;
    }
    people += change;
    Tuple leaf = member.held().get(0).leaf();
    boolean single = member.held().stream().allMatch(held -> held.leaf().equals(leaf));
    if (single) {
      LeafGroup group = groups.get(leaf);
      if (group != null) {
        group.addSingles(change);
      }
    } else if (change > 0) {
      inSeveral.add(member);
    } else {
      inSeveral.remove(member);
    }
  }

  Optional<LeafGroup> group(Tuple leaf) {
    return Optional.ofNullable(groups.get(leaf));
  }

  Collection<LeafGroup> groups() {
    return groups.values();
  }

  Collection<Member> inSeveral() {
    return inSeveral;
  }

  /** How many distinct people wait. */
  int people() {
    return people;
  }

  /** The distinct leaves that a person waits under. */
  static List<HeldEvent> distinct(Member member) {
    List<HeldEvent> distinct = new ArrayList<>();
    for (HeldEvent event : member.held()) {
      if (distinct.stream().noneMatch(other -> other.leaf().equals(event.leaf()))) {
        distinct.add(event);
      }
    }
    return distinct;
  }
}
