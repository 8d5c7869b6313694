// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.BugException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens cells for k people, lets others join them, and releases what then fits. */
final class Releases {
  private final Journal journal;
  private final HeldEvents held;
  private final Nesting nesting;

  Releases(Journal journal, HeldEvents held, Nesting nesting) {
    this.journal = journal;
    this.held = held;
    this.nesting = nesting;
  }

  /**
   * Opens a cell for the event, which is held, and for those who have most to expect otherwise.
   *
   * @throws BugException when there are not enough
   */
  void open(HeldEvent event, View view, int[] levels, DecisionSink sink) {
    if (openWherePossible(event, view, levels, sink).isEmpty()) {
      throw new BugException("a cell was to open for fewer than it needs");
    }
  }

  /**
   * The same, but where the conditions do not hold for any k people, nothing opens.
   *
   * @return the cell, once it is open
   */
  Optional<OpenCell> openWherePossible(
      HeldEvent event, View view, int[] levels, DecisionSink sink) {
    return Opening.choose(view, event, event.epoch(), levels)
        .map(others -> open(event, others, view, levels, sink));
  }

  private OpenCell open(
      HeldEvent event, List<Member> others, View view, int[] levels, DecisionSink sink) {
    EpochState epoch = event.epoch();
    List<Member> members = new ArrayList<>(others);
    members.add(event.member());
    OpenCell cell = openCell(epoch, Tuple.at(view.chains(), levels));
    List<HeldEvent> released = new ArrayList<>();
    members.forEach(member -> released.addAll(settle(epoch, member, cell)));
    if (epoch.conditions().none()) {
      for (HeldEvent leaf : epoch.waiting().by(view, levels)) {
        if (leaf.member().cell().isEmpty()) {
          members.add(leaf.member());
          released.addAll(settle(epoch, leaf.member(), cell));
        }
      }
    }
    release(released, cell, sink);
    nesting.raise(members);
    if (!epoch.conditions().none()) {
      joinLeaf(epoch, view, levels, cell, sink);
    }
    return cell;
  }

  /** Lets those follow whose finest labels a cell has, as far as the conditions allow. */
  private void joinLeaf(
      EpochState epoch, View view, int[] levels, OpenCell cell, DecisionSink sink) {
    for (HeldEvent leaf : epoch.waiting().by(view, levels)) {
      if (leaf.member().cell().isEmpty() && epoch.admitting(leaf).test(cell)) {
        join(leaf, cell, sink);
      }
    }
  }

  /** A new cell; the open one where the conditions let nobody join it alone. */
  private OpenCell openCell(EpochState epoch, Tuple labels) {
    return epoch
        .cells()
        .get(labels)
        .orElseGet(
            () -> {
              OpenCell cell = epoch.open(labels);
              journal.put(epoch.stateOf(cell));
              return cell;
            });
  }

  /**
   * Releases in an open cell that takes it an event that comes or waits, and what of the person
   * waits, as far as the cell then takes it too.
   */
  void join(HeldEvent event, OpenCell cell, DecisionSink sink) {
    EpochState epoch = event.epoch();
    Optional<OpenCell> before = event.member().cell();
    List<HeldEvent> waiting = settle(epoch, event.member(), cell);
    if (epoch.conditions().none()) {
      release(waiting, cell, sink);
      if (!waiting.contains(event)) {
        tell(epoch, event.event(), cell, sink);
      }
    } else {
      tell(epoch, waiting.contains(event) ? held.drop(event) : event.event(), cell, sink);
      for (HeldEvent other : waiting) {
        if (other != event && epoch.admitting(other).test(cell)) {
          tell(epoch, held.drop(other), cell, sink);
        }
      }
    }
    if (before.filter(cell::equals).isEmpty()) {
      nesting.raise(List.of(event.member()));
    }
  }

  /** Gives a person a class and returns those of their waiting events that fit it. */
  private List<HeldEvent> settle(EpochState epoch, Member member, OpenCell cell) {
    if (member.cell().filter(cell::equals).isEmpty()) {
      epoch.settle(member, cell);
      journal.put(new EngineState.Settled(epoch.epoch(), member.person(), cell.texts()));
      nesting.remember(member, cell);
    }
    return member.held().stream().filter(one -> cell.covers(one.chains())).toList();
  }

  private void release(List<HeldEvent> events, OpenCell cell, DecisionSink sink) {
    events.stream()
        .sorted(HeldEvent.BY_ARRIVAL)
        .forEach(event -> tell(event.epoch(), held.drop(event), cell, sink));
  }

  private static void tell(EpochState epoch, Event event, OpenCell cell, DecisionSink sink) {
    epoch.conditions().released(event, cell);
    sink.released(event, cell.texts(), cell.loss());
  }
}
