// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses who opens a cell together with an event. */
final class Opening {
  private Opening() {}

  private record Candidate(Member member, double loss, long sequence) {}

  /**
   * @param view the event's ancestors
   * @param event the event
   * @param epoch who waits, and the conditions on sensitive values
   * @param levels where the cell stands
   * @return the k - 1 other people nearest to the event, first by the loss of what they share with
   *     it, then by arrival; others and more where the conditions need it; nothing when there are
   *     too few, or the conditions do not hold for them
   */
  static Optional<List<Member>> choose(View view, HeldEvent event, EpochState epoch, int[] levels) {
    Tuple labels = Tuple.at(view.chains(), levels);
    return epoch
        .conditions()
        .choose(
            event,
            nearest(view, event, epoch.waiting(), levels),
            held -> epoch.covers(labels, held.chains()),
            epoch.cells().get(labels));
  }

  private static List<Member> nearest(View view, HeldEvent event, Waiting waiting, int[] levels) {
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
    return nearest.values().stream().sorted(ORDER).map(Candidate::member).toList();
  }

  private static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble(Candidate::loss).thenComparingLong(Candidate::sequence);

  /**
   * Whether this is the event by whose value its person counts in a search: the first of those
   * waiting that has one. Always the same event, whatever cell is looked at, so that a coarser cell
   * is never less diverse.
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
}
