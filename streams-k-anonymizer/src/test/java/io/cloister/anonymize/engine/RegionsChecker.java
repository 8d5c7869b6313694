// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.anonymize.engine.RegionsRun.Step;
import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what several regions and the second chance did together, from the outside. */
final class RegionsChecker {
  private record Cell(String region, long epoch, List<String> labels) {}

  private record Person(long epoch, String person) {}

  private record Place(String region, long epoch) {}

  private final int k;
  private final boolean nested;
  private final long late;
  private final List<Event> events;
  private final List<String> faults = new ArrayList<>();
  private final Map<Cell, Integer> open = new HashMap<>();
  private final Map<Cell, Set<String>> openers = new HashMap<>();
  private final Map<Person, Cell> classOf = new HashMap<>();
  private final Map<Person, Cell> inEpochs = new HashMap<>();
  private final Map<Person, Set<List<String>>> hadBy = new HashMap<>();
  private final Map<Place, Set<Event>> waiting = new HashMap<>();
  private final Map<Payload, Integer> decided = new HashMap<>();
  private final Set<Person> gone = new HashSet<>();
  private long oldestOpen = Long.MIN_VALUE;

  private RegionsChecker(int k, boolean nested, long late, List<Event> events) {
    this.late = late;
    this.k = k;
    this.nested = nested;
    this.events = events;
  }

  /**
   * @param late by how much the way between tasks is longer than what is kept for it
   */
  static List<String> faults(
      int k, boolean nested, long late, List<Event> events, List<Step> steps) {
    RegionsChecker checker = new RegionsChecker(k, nested, late, events);
    steps.forEach(checker::step);
    for (Event event : events) {
      if (checker.decided.getOrDefault(event.payload(), 0) != 1) {
        checker.faults.add("decided " + checker.decided.get(event.payload()) + " times");
      }
    }
    checker.openers.forEach(
        (cell, people) -> {
          if (people.size() < k) {
            checker.faults.add("opened for " + people.size());
          }
        });
    return checker.faults;
  }

  private void step(Step step) {
    Event event = step.event();
    Person person = person(event);
    Set<Event> here =
        waiting.computeIfAbsent(
            new Place(step.region(), event.epoch()), place -> new LinkedHashSet<>());
    if (step.decision().isEmpty()) {
      oldestOpen = Math.max(oldestOpen, event.oldestOpen());
      here.add(event);
      return;
    }
    Decision decision = step.decision().get();
    // What is handed over within a task is told by the second decision alone.
    if (!here.remove(event)) {
      waiting.values().forEach(others -> others.remove(event));
      gone.add(person);
    }
    if (step.now() > event.deadline() + late) {
      faults.add("held beyond its deadline");
    }
    if (decision instanceof Decision.Moved) {
      if (step.region().equals(RegionsRun.SECOND)) {
        faults.add("moved out of the second chance");
      }
      if (gone.add(person)) {
        inVain(step, here);
      }
      return;
    }
    decided.merge(event.payload(), 1, Integer::sum);
    if (gone.contains(person) && !step.region().equals(RegionsRun.SECOND)) {
      if (!isAllRoot(event) && !(decision instanceof Decision.Late)) {
        faults.add("decided at home, after moving");
      }
    }
    if (decision instanceof Decision.Released released) {
      release(step, person, released);
    } else if (decision instanceof Decision.Late) {
      if (event.epoch() >= oldestOpen) {
        faults.add("late in an open epoch");
      }
    } else if (!isAllRoot(event) && !classOf.containsKey(person)) {
      if (!step.region().equals(RegionsRun.SECOND)) {
        faults.add("suppressed without a second chance");
      }
      inVain(step, here);
    }
  }

  private void release(Step step, Person person, Decision.Released released) {
    Cell cell = new Cell(step.region(), step.event().epoch(), released.cell());
    if (open.computeIfAbsent(cell, one -> step.call()) == step.call()) {
      openers.computeIfAbsent(cell, one -> new HashSet<>()).add(person.person());
    }
    Cell before = classOf.put(person, cell);
    if (before != null && !before.region().equals(cell.region())) {
      faults.add("classes in two regions");
    }
    Person inEpoch = new Person(step.event().epoch(), person.person());
    Set<List<String>> had = hadBy.computeIfAbsent(person, who -> new HashSet<>());
    if (!cell.equals(inEpochs.put(inEpoch, cell))
        && !had.stream().allMatch(inner -> Checker.contains(events, cell.labels(), inner))) {
      faults.add("a class does not contain the one before");
    }
    had.add(cell.labels());
    if (released.cell().stream().allMatch(Hierarchy.ROOT::equals)) {
      faults.add("a record of which nothing is left was released");
    }
  }

  /** A person and the time for which the person's region is fixed. */
  private Person person(Event event) {
    return new Person(nested ? 0 : event.epoch(), event.person());
  }

  /** Nothing open covers the event, nor do k people who wait share any label with it. */
  private void inVain(Step step, Set<Event> others) {
    if (nested) {
      // What somebody waits by depends on earlier classes too.
      return;
    }
    Event event = step.event();
    for (Cell cell : open.keySet()) {
      if (cell.region().equals(step.region())
          && cell.epoch() == event.epoch()
          && open.get(cell) < step.call()
          && covers(cell.labels(), event)) {
        faults.add("given up beside an open cell");
      }
    }
    for (int q = 0; q < event.chains().size(); q++) {
      for (String label : event.chains().get(q)) {
        Set<String> people = new HashSet<>(Set.of(event.person()));
        for (Event other : others) {
          boolean settled = classOf.containsKey(person(other));
          if (!settled && other.chains().get(q).contains(label)) {
            people.add(other.person());
          }
        }
        if (!label.equals(Hierarchy.ROOT) && people.size() >= k) {
          faults.add("given up beside k people");
        }
      }
    }
  }

  private static boolean covers(List<String> labels, Event event) {
    for (int q = 0; q < labels.size(); q++) {
      if (!event.chains().get(q).contains(labels.get(q))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllRoot(Event event) {
    return event.chains().stream().allMatch(chain -> chain.get(0).equals(Hierarchy.ROOT));
  }
}
