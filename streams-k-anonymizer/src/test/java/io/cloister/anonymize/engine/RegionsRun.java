// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.anonymize.engine.Run.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stream over regions that several tasks decide on, as the topology binds them: a router that
 * fixes a person's region for an epoch, and a way between tasks that takes time.
 */
final class RegionsRun {
  static final String SECOND = "*";

  /**
   * @param tasks how many tasks there are; the second chance is the last one's
   * @param regions how many regions they share
   * @param hop how many ticks a moved event is on its way
   * @param reserve of the second chance
   * @param nested whether a person's region and class bind later epochs
   * @param crashes the ticks, counted from the first event, before which every task dies
   */
  record Plan(
      int tasks, int regions, long hop, long reserve, boolean nested, Set<Integer> crashes) {}

  /**
   * One thing that became known.
   *
   * @param now when
   * @param call the call that gave it; what is of one call is of one transaction
   * @param region where
   * @param event what about
   * @param decision empty when a region takes the event over
   */
  record Step(long now, int call, String region, Event event, Optional<Decision> decision) {}

  private record Told(String region, Decision decision) {}

  private record OnItsWay(long at, Event event) {}

  private final EngineSettings settings;
  private final Plan plan;
  private final List<Map<String, Memory>> memories = new ArrayList<>();
  private final List<Regions<String>> tasks = new ArrayList<>();
  private final Map<String, String> homes = new HashMap<>();
  private final Deque<OnItsWay> way = new ArrayDeque<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private int calls;

  private RegionsRun(EngineSettings settings, Plan plan) {
    this.settings = settings;
    this.plan = plan;
    for (int task = 0; task < plan.tasks(); task++) {
      memories.add(new HashMap<>());
      tasks.add(start(task));
    }
  }

  static List<Step> of(EngineSettings settings, List<Event> events, Plan plan) {
    return new RegionsRun(settings, plan).run(events);
  }

  private List<Step> run(List<Event> events) {
    Deque<Event> left = new ArrayDeque<>(events);
    long first = events.get(0).arrival();
    long last = events.get(events.size() - 1).deadline() + plan.hop() + 1;
    for (long now = first; now <= last; now++) {
      if (plan.crashes().contains((int) (now - first))) {
        for (int task = 0; task < plan.tasks(); task++) {
          tasks.set(task, start(task));
        }
      }
      settle(now);
      while (!left.isEmpty() && left.getFirst().arrival() == now) {
        Event event = left.removeFirst();
        accept(now, home(event), event);
      }
      settle(now);
    }
    return steps;
  }

  private Regions<String> start(int task) {
    Map<String, Memory> memory = memories.get(task);
    Map<String, List<EngineState>> stored = new HashMap<>();
    memory.forEach((region, of) -> stored.put(region, of.states()));
    stored.values().removeIf(List::isEmpty);
    return new Regions<>(
        settings,
        Pace.SPREAD,
        region -> memory(task, region),
        region -> memory(task, region).earlier(),
        region -> new DecisionLog(decision -> told.add(new Told(region, decision))),
        stored,
        Optional.of(new SecondChance<>(SECOND, plan.reserve(), task == plan.tasks() - 1)));
  }

  private Memory memory(int task, String region) {
    return memories
        .get(task)
        .computeIfAbsent(
            region,
            name -> new Memory(plan.nested() ? EarlierClasses.inMemory() : EarlierClasses.none()));
  }

  /** A person's first event in an epoch decides, or the first of all. */
  private String home(Event event) {
    return homes.computeIfAbsent(
        plan.nested() ? event.person() : event.epoch() + event.person(),
        key ->
            "r" + Math.floorMod(event.chains().get(0).hashCode() + key.hashCode(), plan.regions()));
  }

  private int task(String region) {
    return region.equals(SECOND)
        ? plan.tasks() - 1
        : Integer.parseInt(region.substring(1)) % plan.tasks();
  }

  /** A tick is longer than what a task has to do in it. */
  private void settle(long now) {
    do {
      deliver(now);
      advance(now);
    } while (!way.isEmpty() && way.getFirst().at() <= now);
  }

  private void deliver(long now) {
    while (!way.isEmpty() && way.getFirst().at() <= now) {
      accept(now, SECOND, way.removeFirst().event());
    }
  }

  private void accept(long now, String region, Event event) {
    tasks.get(task(region)).advance(now);
    carryOut(now);
    steps.add(new Step(now, calls, region, event, Optional.empty()));
    tasks.get(task(region)).accept(region, event);
    carryOut(now);
  }

  private void advance(long now) {
    for (Regions<String> task : tasks) {
      task.advance(now);
      carryOut(now);
    }
  }

  private void carryOut(long now) {
    int call = calls++;
    for (Told one : told) {
      Event event = one.decision().event();
      steps.add(new Step(now, call, one.region(), event, Optional.of(one.decision())));
      if (one.decision() instanceof Decision.Moved) {
        way.addLast(new OnItsWay(now + plan.hop(), event));
      }
    }
    told.clear();
  }
}
