// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses who opens a cell together with an event. */
final class Opening {
  private Opening() {}

  private record Candidate(Member member, double loss, long sequence) {}

  /**
   * @param settings how many people and how many distinct values are needed
   * @param view the event's ancestors
   * @param event the event
   * @param waiting the people without a class
   * @param levels where the cell stands; k people and the distinct values are there
   * @return the k - 1 other people nearest to the event, first by the loss of what they share with
   *     it, then by arrival; and as many more as the distinct values need
   */
  static List<Member> choose(
      EngineSettings settings, View view, HeldEvent event, Waiting waiting, int[] levels) {
    List<Candidate> candidates = candidates(view, event, waiting, levels);
    List<Set<String>> values = new ArrayList<>();
    settings.diversities().forEach(l -> values.add(new HashSet<>()));
    OpenTest fits = held -> View.below(view.join(held.chains()), levels);
    addFitting(values, event.member(), fits);
    List<Member> chosen = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean needed = chosen.size() < settings.k() - 1;
      if (needed || bringsMissing(settings, values, candidate.member(), fits)) {
        chosen.add(candidate.member());
        addFitting(values, candidate.member(), fits);
      }
    }
    return chosen;
  }

  private static List<Candidate> candidates(
      View view, HeldEvent event, Waiting waiting, int[] levels) {
    Map<Member, Candidate> nearest = new LinkedHashMap<>();
    for (LeafGroup group : waiting.groups()) {
      int[] join = view.join(group.chains());
      if (View.below(join, levels)) {
        double loss = view.loss(join);
        for (HeldEvent held : group.held()) {
          Candidate candidate = new Candidate(held.member(), loss, held.sequence());
          nearest.merge(held.member(), candidate, (a, b) -> ORDER.compare(a, b) <= 0 ? a : b);
        }
      }
    }
    nearest.remove(event.member());
    return nearest.values().stream().sorted(ORDER).toList();
  }

  private static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble(Candidate::loss).thenComparingLong(Candidate::sequence);

  private interface OpenTest {
    boolean holds(HeldEvent held);
  }

  private static boolean bringsMissing(
      EngineSettings settings, List<Set<String>> values, Member member, OpenTest fits) {
    for (HeldEvent held : member.held()) {
      for (int field = 0; field < values.size(); field++) {
        String value = held.event().sensitive().get(field);
        int wanted = settings.diversities().get(field);
        if (isMissing(values.get(field), wanted)
            && speaks(held, field)
            && !values.get(field).contains(value)
            && fits.holds(held)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void addFitting(List<Set<String>> values, Member member, OpenTest fits) {
    for (HeldEvent held : member.held()) {
      if (!values.isEmpty() && fits.holds(held)) {
        addValues(values, held);
      }
    }
  }

  /**
   * Adds those of an event's sensitive values that its person counts for: a person with many values
   * makes a cell no more diverse than one with a single value.
   */
  static void addValues(List<Set<String>> values, HeldEvent held) {
    for (int field = 0; field < values.size(); field++) {
      if (speaks(held, field)) {
        values.get(field).add(held.event().sensitive().get(field));
      }
    }
  }

  /**
   * Whether this is the event by whose value its person counts: the first of those waiting that has
   * one. Always the same event, whatever cell is looked at, so that a coarser cell is never less
   * diverse; in a cell that does not hold it the person counts for no value. A missing value makes
   * nothing more diverse.
   */
  static boolean speaks(HeldEvent event, int field) {
    if (event.event().sensitive().get(field).isEmpty()) {
      return false;
    }
    for (HeldEvent first : event.member().held()) {
      if (!first.event().sensitive().get(field).isEmpty()) {
        return first == event;
      }
    }
    return false;
  }

  static boolean isDiverse(List<Set<String>> values, List<Integer> diversities) {
    for (int field = 0; field < values.size(); field++) {
      if (isMissing(values.get(field), diversities.get(field))) {
        return false;
      }
    }
    return true;
  }

  /** One distinct value is no condition: it may as well be missing. */
  private static boolean isMissing(Set<String> values, int wanted) {
    return wanted > 1 && values.size() < wanted;
  }
}
