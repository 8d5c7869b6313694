// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/** The events that wait in all epochs, by deadline and by last call. */
final class HeldEvents {
  private final Deadlines deadlines = new Deadlines();
  private final LastCalls lastCalls;
  private final Effort effort;
  private final Journal journal;

  HeldEvents(LastCalls lastCalls, Effort effort, Journal journal) {
    this.lastCalls = lastCalls;
    this.effort = effort;
    this.journal = journal;
  }

  LastCalls lastCalls() {
    return lastCalls;
  }

  int size() {
    return deadlines.size();
  }

  /** In ticks; the last tick of all when nothing waits. */
  long firstDeadline() {
    return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().deadline();
  }

  /** The event of the first deadline; there must be one. */
  HeldEvent first() {
    return deadlines.first();
  }

  void hold(HeldEvent event) {
    event.epoch().hold(event);
    long lead = effort.lead(event.deadline() - event.arrival());
    event.epoch().firstCells().held(event, lastCalls.reserve() + lead);
    deadlines.add(event);
    lastCalls.add(event);
  }

  /** Lets go of an event that has been decided. */
  Event drop(HeldEvent event) {
    event.epoch().drop(event);
    deadlines.remove(event);
    lastCalls.remove(event);
    Event dropped = event.event();
    journal.remove(new EngineState.Held(event.sequence(), dropped));
    return dropped;
  }
}
