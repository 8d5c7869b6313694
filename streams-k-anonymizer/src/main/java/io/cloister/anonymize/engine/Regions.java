// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The engines of the regions that one task decides on. They share nobody and no cell, but the
 * search's memory and the newest event time: an epoch that is closed in one region is closed in
 * all. A region that holds nothing any more costs nothing. For use by one thread.
 *
 * @param <R> what names a region
 */
public final class Regions<R> {
  private final EngineSettings settings;
  private final CellSearch search;
  private final Function<R, Journal> journals;
  private final Function<R, EarlierClasses> earlier;
  private final Map<R, AnonymizationEngine> engines = new LinkedHashMap<>();
  private long oldestOpen = Long.MIN_VALUE;

  /**
   * @param settings what to hold to
   * @param journals told of every change, one for each region
   * @param earlier what binds the classes of an epoch to those of others, one for each region
   * @param stored everything that the journals of earlier engines of the same settings keep
   * @throws io.cloister.common.error.InputException when it was kept under other hierarchies
   */
  public Regions(
      EngineSettings settings,
      Function<R, Journal> journals,
      Function<R, EarlierClasses> earlier,
      Map<R, ? extends Iterable<EngineState>> stored) {
    this.settings = settings;
    this.search = CellSearch.of(settings);
    this.journals = journals;
    this.earlier = earlier;
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
  public List<Decision> accept(R region, Event event) {
    AnonymizationEngine engine = engines.computeIfAbsent(region, name -> engine(name, List.of()));
    engine.close(oldestOpen);
    List<Decision> decisions = engine.accept(event);
    if (event.oldestOpen() > oldestOpen) {
      raise(event.oldestOpen());
      close();
    }
    return decisions;
  }

  /**
   * Decides on every event whose deadline has come.
   *
   * @param now the time, in ticks
   * @return what was decided, in the order of release within each region
   */
  public List<Decision> advance(long now) {
    List<Decision> decisions = new ArrayList<>();
    engines
        .values()
        .removeIf(
            engine -> {
              decisions.addAll(engine.advance(now));
              boolean idle = engine.isIdle();
              if (idle) {
                engine.leave();
              }
              return idle;
            });
    return decisions;
  }

  /**
   * @return how many events wait
   */
  public long held() {
    return engines.values().stream().mapToLong(AnonymizationEngine::held).sum();
  }

  private AnonymizationEngine engine(R region, Iterable<EngineState> stored) {
    return new AnonymizationEngine(
        settings, search, journals.apply(region), earlier.apply(region), stored);
  }

  private void raise(long open) {
    oldestOpen = Math.max(oldestOpen, open);
  }

  private void close() {
    engines.values().forEach(engine -> engine.close(oldestOpen));
  }
}
