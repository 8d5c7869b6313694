// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.BugException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
  /** How much of a closed epoch is forgotten in one call, so that no call takes long. */
  private static final int FORGOTTEN_AT_ONCE = 256;

  static final Comparator<HeldEvent> BY_DEADLINE =
      Comparator.comparingLong((HeldEvent held) -> held.event().deadline())
          .thenComparingLong(HeldEvent::sequence);

  /** How many of those who wait are looked at anew whenever somebody begins to wait. */
  private static final int ESTIMATES = 2;

  private final EngineSettings settings;
  private final Journal journal;
  private final OpeningSearch search;
  private final NavigableMap<Long, EpochState> epochs = new TreeMap<>();
  private final TreeSet<HeldEvent> deadlines = new TreeSet<>(BY_DEADLINE);
  private final Nesting nesting;
  private final LastCalls lastCalls;
  private final Deque<Iterator<EngineState>> forgetting = new ArrayDeque<>();
  private Optional<EpochState> latest = Optional.empty();
  private long oldestOpen = Long.MIN_VALUE;
  private long journaledOldestOpen = Long.MIN_VALUE;
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
    this(settings, new OpeningSearch(settings), LastCalls.none(), journal, earlier, stored);
  }

  AnonymizationEngine(
      EngineSettings settings,
      OpeningSearch search,
      LastCalls lastCalls,
      Journal journal,
      EarlierClasses earlier,
      Iterable<? extends EngineState> stored) {
    this.settings = settings;
    this.search = search;
    this.lastCalls = lastCalls;
    this.journal = journal;
    this.nesting = new Nesting(earlier, epochs, deadlines);
    restore(stored);
  }

  /**
   * Takes an event, after deciding on what is overdue at its arrival.
   *
   * @param event the next event
   * @return what was decided, in the order of release; the event itself may be among it, or wait
   */
  public List<Decision> accept(Event event) {
    List<Decision> decisions = advance(event.arrival());
    take(event, decisions);
    return decisions;
  }

  /** Takes an event, whatever is overdue. */
  void take(Event event, List<Decision> decisions) {
    if (event.oldestOpen() > oldestOpen) {
      oldestOpen = event.oldestOpen();
      journaledOldestOpen = oldestOpen;
      journal.put(new EngineState.Closed(oldestOpen));
    }
    if (event.epoch() < oldestOpen) {
      decisions.add(new Decision.Late(event));
      return;
    }
    EpochState epoch = epoch(event.epoch());
    Optional<OpenCell> own = epoch.ownCell(event);
    if (own.isPresent()) {
      OpenCell cell = own.get();
      decisions.add(new Decision.Released(event, cell.texts(), cell.loss()));
      return;
    }
    epoch.conditions().arrived(event);
    int[][] chains = nesting.chains(epoch, event);
    Tuple leaf = Tuple.at(chains, new int[chains.length]);
    if (epoch.isAllRoot(leaf)) {
      decisions.add(new Decision.Suppressed(event));
      return;
    }
    if (hasLeft(epoch, event.person())) {
      decisions.add(new Decision.Moved(event));
      return;
    }
    Member member = epoch.member(event.person());
    HeldEvent incoming = new HeldEvent(nextSequence++, event, member, chains, leaf);
    Optional<OpenCell> open = openFor(epoch, incoming);
    if (open.isPresent()) {
      join(epoch, incoming, open.get(), decisions);
      return;
    }
    hold(epoch, incoming);
    if (!opensLeaf(epoch, incoming, decisions)) {
      journal.put(new EngineState.Held(incoming.sequence(), event));
      estimate(epoch, incoming);
    }
    for (int i = 0; i < ESTIMATES; i++) {
      epoch.waiting().index().next().ifPresent(held -> estimate(epoch, held));
    }
  }

  /**
   * Decides on every event whose deadline has come, and on those that leave in time for it.
   *
   * @param now the time, in ticks
   * @return what was decided, in the order of release
   */
  public List<Decision> advance(long now) {
    List<Decision> decisions = new ArrayList<>(1);
    long deadline = firstDeadline();
    while (Math.min(deadline, lastCalls.next()) <= now && !deadlines.isEmpty()) {
      if (lastCalls.next() <= deadline) {
        call(lastCalls.poll(), decisions);
      } else {
        expire(deadlines.first(), decisions);
      }
      deadline = firstDeadline();
    }
    forgetClosed();
    return decisions;
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
    return epochs.isEmpty()
        && forgetting.isEmpty()
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
    return deadlines.size();
  }

  /**
   * @return the earliest deadline of an event that waits
   */
  public Optional<Long> nextDeadline() {
    return deadlines.isEmpty()
        ? Optional.empty()
        : Optional.of(deadlines.first().event().deadline());
  }

  /** The open cell that takes the event without waiting. */
  private static Optional<OpenCell> openFor(EpochState epoch, HeldEvent event) {
    Optional<OpenCell> own = event.member().cell();
    if (own.isPresent() && own.get().covers(event.chains())) {
      return epoch.conditions().admits(event.event(), own.get()) ? own : Optional.empty();
    }
    Predicate<OpenCell> admits = cell -> epoch.conditions().admits(event.event(), cell);
    if (own.isPresent()) {
      return epoch.cells().nearest(epoch.view(event), admits);
    }
    return epoch
        .cells()
        .get(event.leaf())
        .filter(admits)
        .or(() -> epoch.cells().fine(epoch.view(event), admits));
  }

  private boolean opensLeaf(EpochState epoch, HeldEvent event, List<Decision> decisions) {
    Optional<LeafGroup> group =
        event.member().cell().isPresent() ? Optional.empty() : epoch.waiting().group(event.leaf());
    if (group.isEmpty()
        || group.get().held().size() < settings.k()
        || group.get().people() < settings.k()) {
      return false;
    }
    View view = epoch.view(event);
    int[] levels = new int[event.chains().length];
    epoch.waiting().index().weigh(event.event().arrival());
    if (!epoch.conditions().none() && Opening.choose(view, event, epoch, levels).isEmpty()) {
      return false;
    }
    open(epoch, event, view, levels, decisions);
    return true;
  }

  /** Looks up what a new cell for an event would lose: others come and go while it waits. */
  private void estimate(EpochState epoch, HeldEvent event) {
    if (event.slot() != HeldEvent.NO_SLOT) {
      WaitingIndex waiting = epoch.waiting().index();
      waiting.prospect(event, search.leastLoss(epoch.view(event), event, waiting));
    }
  }

  private void expire(HeldEvent event, List<Decision> decisions) {
    EpochState epoch = epoch(event.event().epoch());
    View view = epoch.view(event);
    Optional<OpenCell> open = nearest(epoch, event, view);
    Optional<int[]> levels =
        search.worthOpening(view, event, epoch, open.map(OpenCell::loss), event.event().deadline());
    if (levels.isPresent()) {
      open(epoch, event, view, levels.get(), decisions);
    } else if (open.isPresent()) {
      join(epoch, event, open.get(), decisions);
    } else {
      drop(epoch, event);
      decisions.add(new Decision.Suppressed(event.event()));
    }
  }

  /** The open cell of least loss that takes the event now. */
  private static Optional<OpenCell> nearest(EpochState epoch, HeldEvent event, View view) {
    return epoch.cells().nearest(view, cell -> epoch.conditions().admits(event.event(), cell));
  }

  private boolean hasLeft(EpochState epoch, String person) {
    return epoch.moved().contains(person)
        || (lastCalls.areGiven() && !epoch.hasClass(person) && nesting.hasLeft(person));
  }

  /**
   * Asks whether an event can count on its region. Whom a class binds to the region stays. So does
   * who is covered by an open cell that takes the event, and will be released there at the latest,
   * since no cell closes within the epoch; where conditions on sensitive fields come between, the
   * event is suppressed. Where k people could open a cell the event stays too, yet some of them may
   * be gone when its deadline comes: so at the last call the cell opens. All others leave.
   */
  private void call(LastCalls.Call call, List<Decision> decisions) {
    HeldEvent event = call.event();
    EpochState epoch = epoch(event.event().epoch());
    if (event.member().cell().isPresent() || nesting.isBound(event.member().person())) {
      return;
    }
    View view = epoch.view(event);
    if (nearest(epoch, event, view).isPresent()) {
      return;
    }
    Optional<int[]> levels =
        search.worthOpening(view, event, epoch, Optional.empty(), event.event().deadline());
    if (levels.isEmpty()) {
      leave(epoch, event, decisions);
    } else if (call.isLast()) {
      open(epoch, event, view, levels.get(), decisions);
    } else {
      lastCalls.addLast(event);
    }
  }

  /**
   * Sends a person without a class away, with all that waits. Not, however, when something else was
   * called before: it stayed for a cell that it may have here.
   */
  private void leave(EpochState epoch, HeldEvent event, List<Decision> decisions) {
    Map<EpochState, Member> leaving = nesting.leaving(epoch, event.member());
    boolean isFirst =
        leaving.values().stream()
            .flatMap(member -> member.held().stream())
            .noneMatch(held -> BY_DEADLINE.compare(held, event) < 0);
    if (isFirst) {
      nesting.leave(event.member().person());
      leaving.forEach((from, member) -> move(from, member, decisions));
    }
  }

  private void move(EpochState epoch, Member member, List<Decision> decisions) {
    epoch.moved().add(member.person());
    journal.put(new EngineState.Moved(epoch.epoch(), member.person()));
    for (HeldEvent held : List.copyOf(member.held())) {
      drop(epoch, held);
      decisions.add(new Decision.Moved(held.event()));
    }
  }

  private long firstDeadline() {
    return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().event().deadline();
  }

  /** Opens a cell for the event, which is held, and for those who have most to expect otherwise. */
  private void open(
      EpochState epoch, HeldEvent event, View view, int[] levels, List<Decision> decisions) {
    List<Member> members =
        new ArrayList<>(
            Opening.choose(view, event, epoch, levels)
                .orElseThrow(() -> new BugException("a cell was to open for fewer than it needs")));
    members.add(event.member());
    OpenCell cell = openCell(epoch, Tuple.at(event.chains(), levels));
    List<HeldEvent> released = new ArrayList<>();
    members.forEach(member -> released.addAll(settle(epoch, member, cell)));
    if (epoch.conditions().none()) {
      Optional<LeafGroup> leaf = epoch.waiting().group(cell.labels());
      while (leaf.isPresent()) {
        Member member = leaf.get().held().get(0).member();
        members.add(member);
        released.addAll(settle(epoch, member, cell));
        leaf = epoch.waiting().group(cell.labels());
      }
    }
    release(epoch, released, cell, decisions);
    nesting.raise(members);
    if (!epoch.conditions().none()) {
      joinLeaf(epoch, cell, decisions);
    }
  }

  /** Lets those follow whose finest labels a cell has, as far as the conditions allow. */
  private void joinLeaf(EpochState epoch, OpenCell cell, List<Decision> decisions) {
    List<HeldEvent> leaf =
        epoch.waiting().group(cell.labels()).map(LeafGroup::held).orElse(List.of());
    for (HeldEvent held : List.copyOf(leaf)) {
      if (held.member().cell().isEmpty() && epoch.conditions().admits(held.event(), cell)) {
        join(epoch, held, cell, decisions);
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
  private void join(EpochState epoch, HeldEvent event, OpenCell cell, List<Decision> decisions) {
    Optional<OpenCell> before = event.member().cell();
    List<HeldEvent> waiting = settle(epoch, event.member(), cell);
    if (epoch.conditions().none()) {
      release(epoch, waiting, cell, decisions);
      if (!waiting.contains(event)) {
        tell(epoch, event, cell, decisions);
      }
    } else {
      joinChecked(epoch, event, waiting, cell, decisions);
    }
    if (before.filter(cell::equals).isEmpty()) {
      nesting.raise(List.of(event.member()));
    }
  }

  private void joinChecked(
      EpochState epoch,
      HeldEvent event,
      List<HeldEvent> waiting,
      OpenCell cell,
      List<Decision> decisions) {
    if (waiting.contains(event)) {
      drop(epoch, event);
    }
    tell(epoch, event, cell, decisions);
    for (HeldEvent held : waiting) {
      if (held != event && epoch.conditions().admits(held.event(), cell)) {
        release(epoch, List.of(held), cell, decisions);
      }
    }
  }

  /** Gives a person a class and returns those of their waiting events that fit it. */
  private List<HeldEvent> settle(EpochState epoch, Member member, OpenCell cell) {
    if (member.cell().filter(cell::equals).isEmpty()) {
      epoch.settle(member, cell);
      journal.put(new EngineState.Settled(epoch.epoch(), member.person(), cell.texts()));
      nesting.remember(member, cell);
    }
    return member.held().stream().filter(held -> cell.covers(held.chains())).toList();
  }

  private void release(
      EpochState epoch, List<HeldEvent> events, OpenCell cell, List<Decision> decisions) {
    events.stream()
        .sorted(Comparator.comparingLong(HeldEvent::sequence))
        .forEach(
            held -> {
              drop(epoch, held);
              tell(epoch, held, cell, decisions);
            });
  }

  private static void tell(
      EpochState epoch, HeldEvent event, OpenCell cell, List<Decision> decisions) {
    epoch.conditions().released(event.event(), cell);
    decisions.add(new Decision.Released(event.event(), cell.texts(), cell.loss()));
  }

  private void hold(EpochState epoch, HeldEvent event) {
    epoch.hold(event);
    deadlines.add(event);
    lastCalls.add(event);
  }

  private void drop(EpochState epoch, HeldEvent event) {
    epoch.drop(event);
    deadlines.remove(event);
    lastCalls.remove(event);
    journal.remove(new EngineState.Held(event.sequence(), event.event()));
  }

  private EpochState epoch(long number) {
    if (latest.isEmpty() || latest.get().epoch() != number) {
      latest =
          Optional.of(epochs.computeIfAbsent(number, n -> new EpochState(n, settings, journal)));
    }
    return latest.get();
  }

  /** Forgets closed epochs in which nothing waits any more, a part at a time. */
  private void forgetClosed() {
    while (!epochs.isEmpty()
        && epochs.firstKey() < oldestOpen
        && epochs.firstEntry().getValue().held() == 0) {
      latest = Optional.empty();
      forgetting.add(everything(epochs.pollFirstEntry().getValue()).iterator());
    }
    int left = FORGOTTEN_AT_ONCE;
    while (left > 0 && !forgetting.isEmpty()) {
      Iterator<EngineState> states = forgetting.getFirst();
      while (left > 0 && states.hasNext()) {
        journal.remove(states.next());
        left--;
      }
      if (!states.hasNext()) {
        forgetting.removeFirst();
      }
    }
  }

  /** People first: a cell is needed as long as it is somebody's class. */
  private static List<EngineState> everything(EpochState epoch) {
    List<EngineState> states = new ArrayList<>();
    for (Member member : epoch.members().values()) {
      member
          .cell()
          .ifPresent(
              cell ->
                  states.add(
                      new EngineState.Settled(epoch.epoch(), member.person(), cell.texts())));
    }
    epoch.moved().forEach(person -> states.add(new EngineState.Moved(epoch.epoch(), person)));
    states.addAll(epoch.conditions().states());
    epoch.cells().all().forEach(cell -> states.add(epoch.stateOf(cell)));
    return states;
  }

  private void restore(Iterable<? extends EngineState> stored) {
    List<EngineState.Settled> settled = new ArrayList<>();
    List<EngineState.Held> held = new ArrayList<>();
    for (EngineState state : stored) {
      if (state instanceof EngineState.Cell cell) {
        epoch(cell.epoch()).restore(cell);
      } else if (state instanceof EngineState.Settled one) {
        settled.add(one);
      } else if (state instanceof EngineState.Moved one) {
        epoch(one.epoch()).moved().add(one.person());
      } else if (state instanceof EngineState.Values values) {
        epoch(values.epoch()).conditions().restore(values);
      } else if (state instanceof EngineState.Held one) {
        held.add(one);
      } else if (state instanceof EngineState.Closed closed) {
        oldestOpen = closed.oldestOpen();
        journaledOldestOpen = oldestOpen;
      }
    }
    settled.forEach(one -> epoch(one.epoch()).restore(one));
    held.sort(Comparator.comparingLong(EngineState.Held::sequence));
    for (EngineState.Held one : held) {
      EpochState epoch = epoch(one.event().epoch());
      int[][] chains = nesting.chainsOfHeld(epoch, one.event());
      Tuple leaf = Tuple.at(chains, new int[chains.length]);
      Member member = epoch.member(one.event().person());
      hold(epoch, new HeldEvent(one.sequence(), one.event(), member, chains, leaf));
      nextSequence = one.sequence() + 1;
    }
  }
}
