// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The engines of the regions that one task decides on. They share nobody and no cell, but the
 * search's memory and the newest event time: an epoch that is closed in one region is closed in
 * all. A region that holds nothing any more costs nothing. For use by one thread.
 *
 * <p>Where there is a second chance, who cannot be released in time in their region moves to that
 * of the second chance: at once when this task decides on it, else the decision is to be carried to
 * the task that does, which calls {@link #accept}.
 *
 * @param <R> what names a region
 */
public final class Regions<R> {
  private final EngineSettings settings;
  private final OpeningSearch search;
  private final Function<R, Journal> journals;
  private final Function<R, EarlierClasses> earlier;
  private final Optional<SecondChance<R>> secondChance;
  private final Map<R, AnonymizationEngine> engines = new LinkedHashMap<>();
  private long oldestOpen = Long.MIN_VALUE;

  /**
   * @param settings what to hold to
   * @param journals told of every change, one for each region
   * @param earlier what binds the classes of an epoch to those of others, one for each region
   * @param stored everything that the journals of earlier engines of the same settings keep
   * @param secondChance where people go who would be suppressed in their region
   * @throws io.cloister.common.error.InputException when it was kept under other hierarchies
   */
  public Regions(
      EngineSettings settings,
      Function<R, Journal> journals,
      Function<R, EarlierClasses> earlier,
      Map<R, ? extends Iterable<EngineState>> stored,
      Optional<SecondChance<R>> secondChance) {
    this.settings = settings;
    this.search = new OpeningSearch(settings);
    this.journals = journals;
    this.earlier = earlier;
    this.secondChance = secondChance;
    stored.forEach((region, states) -> engines.put(region, engine(region, states)));
    engines.values().forEach(engine -> raise(engine.oldestOpen()));
    close();
  }

  /**
   * Takes an event, after deciding on what is overdue in its region.
   *
   * @param region its person's region in the event's epoch
   * @param event the next event
   * @return what was decided, in the order of release
   */
  public List<Decided<R>> accept(R region, Event event) {
    List<Decided<R>> decided = new ArrayList<>();
    engine(region).accept(event).forEach(decision -> pass(region, decision, decided));
    if (event.oldestOpen() > oldestOpen) {
      raise(event.oldestOpen());
      close();
    }
    return decided;
  }

  /**
   * Decides on every event whose deadline has come.
   *
   * @param now the time, in ticks
   * @return what was decided, in the order of release within each region
   */
  public List<Decided<R>> advance(long now) {
    List<Decided<R>> atHome = new ArrayList<>();
    for (Map.Entry<R, AnonymizationEngine> engine : engines.entrySet()) {
      if (!isSecondChance(engine.getKey())) {
        for (Decision decision : engine.getValue().advance(now)) {
          atHome.add(new Decided<>(engine.getKey(), decision));
        }
      }
    }
    // The region of the second chance goes last, when all who move now have come there.
    List<Decided<R>> decided = new ArrayList<>();
    atHome.forEach(one -> pass(one.region(), one.decision(), decided));
    secondChance
        .map(to -> engines.get(to.region()))
        .ifPresent(
            engine ->
                engine
                    .advance(now)
                    .forEach(
                        decision ->
                            decided.add(new Decided<>(secondChance.get().region(), decision))));
    engines
        .values()
        .removeIf(
            engine -> {
              boolean idle = engine.isIdle();
              if (idle) {
                engine.leave();
              }
              return idle;
            });
    return decided;
  }

  /**
   * @return how many events wait
   */
  public long held() {
    return engines.values().stream().mapToLong(AnonymizationEngine::held).sum();
  }

  /** Hands over what moves to a region of this task, and passes on everything else. */
  private void pass(R region, Decision decision, List<Decided<R>> decided) {
    Optional<SecondChance<R>> to =
        decision instanceof Decision.Moved
            ? secondChance.filter(SecondChance::here)
            : Optional.empty();
    if (to.isPresent()) {
      R there = to.get().region();
      List<Decision> second = new ArrayList<>();
      engine(there).take(decision.event(), second);
      second.forEach(one -> decided.add(new Decided<>(there, one)));
    } else {
      decided.add(new Decided<>(region, decision));
    }
  }

  private boolean isSecondChance(R region) {
    return secondChance.filter(to -> to.region().equals(region)).isPresent();
  }

  private AnonymizationEngine engine(R region) {
    AnonymizationEngine engine = engines.computeIfAbsent(region, name -> engine(name, List.of()));
    engine.close(oldestOpen);
    return engine;
  }

  private AnonymizationEngine engine(R region, Iterable<EngineState> stored) {
    LastCalls lastCalls =
        secondChance
            .filter(to -> !to.region().equals(region))
            .map(to -> LastCalls.before(to.reserve()))
            .orElseGet(LastCalls::none);
    return new AnonymizationEngine(
        settings, search, lastCalls, journals.apply(region), earlier.apply(region), stored);
  }

  private void raise(long open) {
    oldestOpen = Math.max(oldestOpen, open);
  }

  private void close() {
    engines.values().forEach(engine -> engine.close(oldestOpen));
  }
}
