// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who leaves a region for the second chance, and when. */
final class Departures {
  private final OpeningSearch search;
  private final Journal journal;
  private final HeldEvents held;
  private final Nesting nesting;
  private final Releases releases;

  Departures(
      OpeningSearch search, Journal journal, HeldEvents held, Nesting nesting, Releases releases) {
    this.search = search;
    this.journal = journal;
    this.held = held;
    this.nesting = nesting;
    this.releases = releases;
  }

  /** Whether the person has left for the rest of the epoch, or for good. */
  boolean hasLeft(EpochState epoch, String person) {
    return epoch.moved().contains(person)
        || (held.lastCalls().areGiven() && !epoch.hasClass(person) && nesting.hasLeft(person));
  }

  /**
   * Asks whether an event can count on its region. Whom a class binds to the region stays. So does
   * who is covered by an open cell that takes the event, and will be released there at the latest,
   * since no cell closes within the epoch; where conditions on sensitive fields come between, the
   * event is suppressed. Where k people could open a cell the event stays too, yet some of them may
   * be gone when its deadline comes: so at the last call the cell opens. All others leave.
   */
  void call(LastCalls.Call call, DecisionSink sink) {
    HeldEvent event = call.event();
    EpochState epoch = event.epoch();
    if (event.member().cell().isPresent() || nesting.isBound(event.member().person())) {
      return;
    }
    View view = epoch.view(event);
    if (epoch.cells().nearest(view, epoch.admitting(event)).isPresent()) {
      return;
    }
    Optional<int[]> levels =
        search.worthOpening(view, event, epoch, Optional.empty(), event.deadline());
    if (levels.isEmpty()) {
      leave(event, sink);
    } else if (call.isLast()) {
      releases.open(event, view, levels.get(), sink);
    } else {
      held.lastCalls().addLast(event);
    }
  }

  /**
   * Sends a person without a class away, with all that waits. Not, however, when something else was
   * called before: it stayed for a cell that it may have here.
   */
  private void leave(HeldEvent event, DecisionSink sink) {
    Map<EpochState, Member> leaving = nesting.leaving(event.epoch(), event.member());
    boolean isFirst =
        leaving.values().stream()
            .flatMap(member -> member.held().stream())
            .noneMatch(other -> Deadlines.isBefore(other, event));
    if (isFirst) {
      nesting.leave(event.member().person());
      leaving.forEach((from, member) -> move(from, member, sink));
    }
  }

  private void move(EpochState epoch, Member member, DecisionSink sink) {
    String person = member.person();
    epoch.moved().add(person);
    journal.put(new EngineState.Moved(epoch.epoch(), person));
    for (HeldEvent event : List.copyOf(member.held())) {
      sink.moved(held.drop(event));
    }
  }
}
