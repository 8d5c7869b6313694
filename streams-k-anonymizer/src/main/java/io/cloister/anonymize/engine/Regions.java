// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.HashMap;
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
 * the task that does, which calls {@link #accept}, and the region's sink is told of it.
 *
 * @param <R> what names a region
 */
public final class Regions<R> {
  private final EngineSettings settings;
  private final OpeningSearch search;
  private final Effort effort;
  private final Function<R, Journal> journals;
  private final Function<R, EarlierClasses> earlier;
  private final Function<R, DecisionSink> sinks;
  private final Optional<SecondChance<R>> secondChance;
  private final Map<R, Region<R>> byName = new HashMap<>();

  /** In the order in which they came to be known. */
  private final List<Region<R>> regions = new ArrayList<>();

  private long oldestOpen = Long.MIN_VALUE;

  private record Region<R>(R name, AnonymizationEngine engine, DecisionSink sink) {}

  /**
   * @param settings what to hold to
   * @param pace how the first cells of an epoch open
   * @param journals told of every change, one for each region
   * @param earlier what binds the classes of an epoch to those of others, one for each region
   * @param sinks told of what is decided, one for each region
   * @param stored everything that the journals of earlier engines of the same settings keep
   * @param secondChance where people go who would be suppressed in their region
   * @throws io.cloister.common.error.InputException when it was kept under other hierarchies
   */
  public Regions(
      EngineSettings settings,
      Pace pace,
      Function<R, Journal> journals,
      Function<R, EarlierClasses> earlier,
      Function<R, DecisionSink> sinks,
      Map<R, ? extends Iterable<EngineState>> stored,
      Optional<SecondChance<R>> secondChance) {
    this.settings = settings;
    this.search = new OpeningSearch(settings);
    this.effort = new Effort(pace);
    this.journals = journals;
    this.earlier = earlier;
    this.sinks = sinks;
    this.secondChance = secondChance;
    stored.forEach(this::add);
    regions.forEach(region -> raise(region.engine().oldestOpen()));
    close();
  }

  /**
   * Takes an event, after deciding on what is overdue in its region.
   *
   * @param region its person's region in the event's epoch
   * @param event the next event
   */
  public void accept(R region, Event event) {
    Region<R> in = region(region);
    in.engine().accept(event, in.sink());
    if (event.oldestOpen() > oldestOpen) {
      raise(event.oldestOpen());
      close();
    }
  }

  /**
   * Decides on every event whose deadline has come, region by region.
   *
   * @param now the time, in ticks
   */
  public void advance(long now) {
    // By number: whoever moves may make the region of the second chance known meanwhile.
    for (int i = 0; i < regions.size(); i++) {
      Region<R> region = regions.get(i);
      if (!isSecondChance(region)) {
        region.engine().advance(now, region.sink());
      }
    }
    // The region of the second chance goes last, when all who move now have come there.
    boolean anyIdle = false;
    for (int i = 0; i < regions.size(); i++) {
      Region<R> region = regions.get(i);
      if (isSecondChance(region)) {
        region.engine().advance(now, region.sink());
      }
      anyIdle |= region.engine().isIdle();
    }
    if (anyIdle) {
      regions.removeIf(this::leavesIdle);
    }
  }

  private boolean leavesIdle(Region<R> region) {
    boolean idle = region.engine().isIdle();
    if (idle) {
      region.engine().leave();
      byName.remove(region.name());
    }
    return idle;
  }

  /**
   * @return how many events wait
   */
  public long held() {
    long held = 0;
    for (int i = 0; i < regions.size(); i++) {
      held += regions.get(i).engine().held();
    }
    return held;
  }

  private boolean isSecondChance(Region<R> region) {
    return secondChance.isPresent() && secondChance.get().region().equals(region.name());
  }

  private Region<R> region(R name) {
    Region<R> known = byName.get(name);
    Region<R> region = known == null ? add(name, List.of()) : known;
    region.engine().close(oldestOpen);
    return region;
  }

  private Region<R> add(R name, Iterable<EngineState> stored) {
    DecisionSink sink = sinks.apply(name);
    Region<R> region =
        new Region<>(
            name,
            engine(name, stored),
            secondChance.filter(SecondChance::here).isPresent() ? handingOver(sink) : sink);
    byName.put(name, region);
    regions.add(region);
    return region;
  }

  /** Hands over what moves to a region of this task, and passes on everything else. */
  private DecisionSink handingOver(DecisionSink sink) {
    return new DecisionSink() {
      @Override
      public void released(Event event, List<String> cell, double loss) {
        sink.released(event, cell, loss);
      }

      @Override
      public void suppressed(Event event) {
        sink.suppressed(event);
      }

      @Override
      public void moved(Event event) {
        Region<R> there = region(secondChance.orElseThrow().region());
        there.engine().take(event, there.sink());
      }

      @Override
      public void late(Event event) {
        sink.late(event);
      }
    };
  }

  private AnonymizationEngine engine(R region, Iterable<EngineState> stored) {
    LastCalls lastCalls =
        secondChance
            .filter(to -> !to.region().equals(region))
            .map(to -> LastCalls.before(to.reserve()))
            .orElseGet(LastCalls::none);
    return new AnonymizationEngine(
        settings, search, lastCalls, effort, journals.apply(region), earlier.apply(region), stored);
  }

  private void raise(long open) {
    oldestOpen = Math.max(oldestOpen, open);
  }

  private void close() {
    regions.forEach(region -> region.engine().close(oldestOpen));
  }
}
