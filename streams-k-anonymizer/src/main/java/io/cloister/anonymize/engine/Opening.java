// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses who opens a cell together with an event. */
final class Opening {
  private Opening() {}

  /**
   * @param view the event's ancestors
   * @param event the event
   * @param epoch who waits, and the conditions on sensitive values
   * @param levels where the cell stands
   * @return of the other people whom the cell covers the k - 1 who have most loss to expect
   *     elsewhere, among equals those who came first; others and more where the conditions need it;
   *     nothing when there are too few, or the conditions do not hold for them
   */
  static Optional<List<Member>> choose(View view, HeldEvent event, EpochState epoch, int[] levels) {
    Tuple labels = Tuple.at(view.chains(), levels);
    WaitingIndex waiting = epoch.waiting().index();
    List<HeldEvent> covered = new ArrayList<>(covered(view, waiting, levels));
    covered.sort(
        Comparator.comparingInt((HeldEvent held) -> waiting.grade(held.slot()))
            .reversed()
            .thenComparingLong(HeldEvent::sequence));
    Set<Member> members = new LinkedHashSet<>();
    covered.forEach(held -> members.add(held.member()));
    members.remove(event.member());
    return epoch
        .conditions()
        .choose(
            event,
            List.copyOf(members),
            held -> epoch.covers(labels, held.chains()),
            epoch.cells().get(labels));
  }

  /** One event of each person who waits and combination of finest labels that a cell covers. */
  static List<HeldEvent> covered(View view, WaitingIndex waiting, int[] levels) {
    List<HeldEvent> covered = new ArrayList<>();
    for (int word = 0; word < waiting.all().length; word++) {
      long left = waiting.all()[word];
      for (int q = 0; q < levels.length && left != 0; q++) {
        left &= waiting.bits().of(q, view.chains()[q][levels[q]])[word];
      }
      for (; left != 0; left &= left - 1) {
        covered.add(waiting.event((word << 6) | Long.numberOfTrailingZeros(left)));
      }
    }
    return covered;
  }
}
