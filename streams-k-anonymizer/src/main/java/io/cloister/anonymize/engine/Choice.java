// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The choice of people for one cell, so that the conditions on its sensitive values hold: those
 * preferred; if they do not do, one more at a time of those who help most; if that does not do,
 * all. Then those preferred least are left out again while the rest does. A choice that would do
 * may be missed, for the conditions are no matter of more or fewer people; a choice that does not
 * do is never made.
 */
final class Choice {
  /** How many different candidates are tried for one place. */
  private static final int TRIED = 48;

  /** How many people are added one by one, beside as many as a cell needs. */
  private static final int ADDED = 32;

  private static final double PROGRESS = 1e-12;

  private final List<List<SensitiveCondition>> conditions;
  private final Tally everybody;
  private final Tally cell;
  private final NavigableMap<Integer, Candidate> left = new TreeMap<>();
  private final NavigableMap<Integer, Candidate> chosen = new TreeMap<>();

  /**
   * @param before what the person stands for in the cell
   * @param now what they will stand for
   */
  record Change(Standing before, Standing now) {}

  /** A person who could be chosen, and the place in the order of preference. */
  private record Candidate(Member member, Change change, int place) {}

  /**
   * @param conditions of each field
   * @param everybody the reference
   * @param cell what the cell was released with, nothing when it is not open yet; taken over
   */
  Choice(List<List<SensitiveCondition>> conditions, Tally everybody, Tally cell) {
    this.conditions = conditions;
    this.everybody = everybody;
    this.cell = cell;
  }

  /** Who opens the cell in any case. */
  void own(Change change) {
    cell.replace(change.before(), change.now());
  }

  /** A further person, in the order of preference. */
  void candidate(Member member, Change change) {
    left.put(left.size(), new Candidate(member, change, left.size()));
  }

  /** At least as many as needed, if there is a choice. */
  Optional<List<Member>> make(int needed) {
    while (chosen.size() < needed) {
      choose(left.firstEntry().getValue());
    }
    if (!addHelpful(needed + ADDED)) {
      while (!left.isEmpty()) {
        choose(left.firstEntry().getValue());
      }
      if (shortfall() > 0) {
        return Optional.empty();
      }
    }
    leaveOut(needed);
    return Optional.of(chosen.values().stream().map(Candidate::member).toList());
  }

  /** Whether the conditions hold. */
  private boolean addHelpful(int most) {
    double shortfall = shortfall();
    for (int added = 0; shortfall > 0 && added < most; added++) {
      Candidate best = null;
      double least = shortfall - PROGRESS;
      Set<Change> tried = new HashSet<>();
      for (Candidate candidate : left.values()) {
        if (tried.size() >= TRIED) {
          break;
        }
        if (tried.add(candidate.change())) {
          double with = shortfallWith(candidate.change());
          if (with < least) {
            best = candidate;
            least = with;
          }
        }
      }
      if (best == null) {
        return false;
      }
      choose(best);
      shortfall = shortfall();
    }
    return shortfall == 0;
  }

  /** Those preferred least first. */
  private void leaveOut(int needed) {
    for (Candidate candidate : List.copyOf(chosen.descendingMap().values())) {
      if (chosen.size() > needed) {
        Change change = candidate.change();
        cell.replace(change.now(), change.before());
        if (shortfall() > 0) {
          cell.replace(change.before(), change.now());
        } else {
          chosen.remove(candidate.place());
        }
      }
    }
  }

  private void choose(Candidate candidate) {
    left.remove(candidate.place());
    chosen.put(candidate.place(), candidate);
    cell.replace(candidate.change().before(), candidate.change().now());
  }

  private double shortfallWith(Change change) {
    cell.replace(change.before(), change.now());
    double with = shortfall();
    cell.replace(change.now(), change.before());
    return with;
  }

  private double shortfall() {
    return cell.shortfall(conditions, everybody);
  }
}
