// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides on the events of one region: which is released, when, and in which cell. A cell opens for
 * k distinct people at once; a person keeps one class for the epoch, and takes a coarser one that
 * contains it only when their labels change; what cannot be released by its deadline in a cell that
 * tells something is suppressed. Where there is a second chance, a person without a class leaves
 * for it while there is time, instead of being suppressed, and does not come back in that epoch. No
 * decision depends on an event that arrives later. For use by one thread.
 */
public final class AnonymizationEngine {
  private final EngineSettings settings;
  private final Journal journal;
  private final OpeningSearch search;
  private final OpenEpochs epochs;
  private final HeldEvents held;
  private final Nesting nesting;
  private final Releases releases;
  private final Departures departures;
  private final FirstCells firstCells;
  private final Effort effort;
  private long oldestOpen;
  private long journaledOldestOpen;
  private long nextSequence;

  /**
   * An engine of independent epochs.
   *
   * @param settings what to hold to
   * @param journal told of every change
   * @param stored everything that the journal of an earlier engine of the same settings keeps, in
   *     any order; empty for a new engine
   * @throws io.cloister.common.error.InputException when it was kept under other hierarchies
   */
  public AnonymizationEngine(
      EngineSettings settings, Journal journal, Iterable<? extends EngineState> stored) {
    this(settings, journal, EarlierClasses.none(), stored);
  }

  /**
   * @param settings what to hold to
   * @param journal told of every change
   * @param earlier what binds the classes of an epoch to those of others
   * @param stored everything that the journal of an earlier engine of the same settings keeps, in
   *     any order; empty for a new engine
   * @throws io.cloister.common.error.InputException when it was kept under other hierarchies
   */
  public AnonymizationEngine(
      EngineSettings settings,
      Journal journal,
      EarlierClasses earlier,
      Iterable<? extends EngineState> stored) {
    this(
        settings,
        new OpeningSearch(settings),
        LastCalls.none(),
        new Effort(Pace.AT_ONCE),
        journal,
        earlier,
        stored);
  }

  AnonymizationEngine(
      EngineSettings settings,
      OpeningSearch search,
      LastCalls lastCalls,
      Effort effort,
      Journal journal,
      EarlierClasses earlier,
      Iterable<? extends EngineState> stored) {
    this.settings = settings;
    this.search = search;
    this.effort = effort;
    this.journal = journal;
    this.epochs = new OpenEpochs(settings, journal);
    this.held = new HeldEvents(lastCalls, effort, journal);
    this.nesting = new Nesting(earlier, epochs);
    this.releases = new Releases(journal, held, nesting);
    this.departures = new Departures(search, journal, held, nesting, releases);
    this.firstCells = new FirstCells(settings.k(), search, releases, effort);
    StoredState restored = StoredState.restore(stored, epochs, nesting, held);
    this.oldestOpen = restored.oldestOpen();
    this.journaledOldestOpen = oldestOpen;
    this.nextSequence = restored.nextSequence();
  }

  /**
   * Takes an event, after deciding on what is overdue at its arrival. An event of a person whose
   * class covers it is released without anything being allocated.
   *
   * @param event the next event
   * @param sink told of what is decided; the event itself may be among it, or wait
   */
  public void accept(Event event, DecisionSink sink) {
    advance(event.arrival(), sink);
    take(event, sink);
  }

  /** Takes an event, whatever is overdue. */
  void take(Event event, DecisionSink sink) {
    if (event.oldestOpen() > oldestOpen) {
      oldestOpen = event.oldestOpen();
      journaledOldestOpen = oldestOpen;
      journal.put(new EngineState.Closed(oldestOpen));
    }
    if (event.epoch() < oldestOpen) {
      sink.late(event);
      return;
    }
    EpochState epoch = epochs.get(event.epoch());
    epoch.conditions().arrived(event);
    OpenCell own = epoch.ownCell(event);
    if (own != null) {
      epoch.conditions().released(event, own);
      sink.released(event, own.texts(), own.loss());
    } else if (epoch.moved().contains(event.person()) && !event.isUnknown()) {
      sink.moved(event);
    } else {
      takeOther(epoch, event, sink);
    }
  }

  /** Takes an event that does not simply go out in its person's class. */
  private void takeOther(EpochState epoch, Event event, DecisionSink sink) {
    int[][] chains = nesting.chains(epoch, event);
    if (epoch.isAllRoot(Tuple.at(chains, new int[chains.length]))) {
      sink.suppressed(event);
      return;
    }
    if (departures.hasLeft(epoch, event.person())) {
      sink.moved(event);
      return;
    }
    HeldEvent incoming = new HeldEvent(nextSequence++, event, epoch, chains);
    Optional<OpenCell> open = openFor(incoming);
    if (open.isPresent()) {
      releases.join(incoming, open.get(), sink);
      return;
    }
    held.hold(incoming);
    if (!opensLeaf(incoming, sink)) {
      journal.put(new EngineState.Held(incoming.sequence(), event));
    }
    if (epoch.firstCells().isDone()) {
      estimate(incoming);
      epoch.waiting().index().nextLate(event.arrival()).ifPresent(this::estimate);
    }
  }

  /**
   * Decides on every event whose deadline has come, and on those that leave in time for it.
   * Allocates nothing when there is none.
   *
   * @param now the time, in ticks
   * @param sink told of what is decided
   */
  public void advance(long now, DecisionSink sink) {
    effort.begin(now);
    for (int i = 0; i < epochs.size(); i++) {
      firstCells.advance(epochs.at(i), now, sink);
    }
    LastCalls calls = held.lastCalls();
    long deadline = held.firstDeadline();
    while (Math.min(deadline, calls.next()) <= now && held.size() > 0) {
      if (calls.next() <= deadline) {
        departures.call(calls.poll(), sink);
      } else {
        expire(held.first(), sink);
      }
      deadline = held.firstDeadline();
    }
    epochs.forgetClosed(oldestOpen);
  }

  /**
   * Closes epochs by what another engine of the same task has seen and journaled.
   *
   * @param oldest the oldest epoch that is still open
   */
  void close(long oldest) {
    oldestOpen = Math.max(oldestOpen, oldest);
  }

  /** The oldest open epoch that this engine knows of. */
  long oldestOpen() {
    return oldestOpen;
  }

  /** Whether the engine holds nothing, nor anything in its journal that another's does not say. */
  boolean isIdle() {
    return epochs.areForgotten()
        && (journaledOldestOpen < oldestOpen || oldestOpen == Long.MIN_VALUE);
  }

  /** Takes what is left of an idle engine out of its journal. */
  void leave() {
    if (journaledOldestOpen > Long.MIN_VALUE) {
      journal.remove(new EngineState.Closed(journaledOldestOpen));
    }
  }

  /**
   * @return how many events wait
   */
  public int held() {
    return held.size();
  }

  /** The open cell that takes the event without waiting. */
  private static Optional<OpenCell> openFor(HeldEvent event) {
    EpochState epoch = event.epoch();
    Predicate<OpenCell> admits = epoch.admitting(event);
    Optional<OpenCell> own = event.member().cell();
    if (own.isPresent() && own.get().covers(event.chains())) {
      return own.filter(admits);
    }
    if (own.isPresent()) {
      return epoch.cells().nearest(epoch.view(event), admits);
    }
    return epoch
        .cells()
        .get(event.leaf())
        .filter(admits)
        .or(() -> epoch.cells().fine(epoch.view(event), admits));
  }

  /** Opens a cell with the event's finest labels, when k people wait by them. */
  private boolean opensLeaf(HeldEvent event, DecisionSink sink) {
    if (event.member().cell().isPresent()) {
      return false;
    }
    EpochState epoch = event.epoch();
    View view = epoch.view(event);
    int[] levels = new int[settings.hierarchies().size()];
    List<HeldEvent> leaf = epoch.waiting().by(view, levels);
    if (leaf.size() < settings.k()
        || leaf.stream().map(HeldEvent::member).distinct().count() < settings.k()) {
      return false;
    }
    epoch.waiting().index().weigh(event.arrival());
    return releases.openWherePossible(event, view, levels, sink).isPresent();
  }

  /** Looks up what a new cell for an event would lose: others come and go while it waits. */
  private void estimate(HeldEvent event) {
    if (event.slot() != HeldEvent.NO_SLOT) {
      search.leastLoss(event);
    }
  }

  private void expire(HeldEvent event, DecisionSink sink) {
    EpochState epoch = event.epoch();
    View view = epoch.view(event);
    Optional<OpenCell> open = epoch.cells().nearest(view, epoch.admitting(event));
    Optional<int[]> levels =
        search.worthOpening(view, event, epoch, open.map(OpenCell::loss), event.deadline());
    if (levels.isPresent()) {
      releases.open(event, view, levels.get(), sink);
    } else if (open.isPresent()) {
      releases.join(event, open.get(), sink);
    } else {
      sink.suppressed(held.drop(event));
    }
  }
}
