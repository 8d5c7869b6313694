// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a run against the guarantees, from the outside: knows events and decisions alone. */
final class Checker {
  private record EpochCell(long epoch, List<String> labels) {}

  private record EpochPerson(long epoch, String person) {}

  private final int k;
  private final int diversity;
  private final List<String> faults = new ArrayList<>();

  private Checker(int k, int diversity) {
    this.k = k;
    this.diversity = diversity;
  }

  /**
   * @param k how many people a cell must open for
   * @param diversity how many distinct sensitive values
   * @param events what the engine was given
   * @param run what it did
   * @return what is wrong
   */
  static List<String> faults(int k, int diversity, List<Event> events, Run run) {
    Checker checker = new Checker(k, diversity);
    checker.everyEventOnceAndInTime(events, run);
    checker.cells(run);
    checker.classes(events, run);
    return checker.faults;
  }

  /**
   * @param events what the engine was given, with nested epochs
   * @param run what it did
   * @return where a person's classes of all epochs are no chain: a record is released in the class
   *     that its person has in its epoch, or in one that contains all that the person had
   */
  static List<String> unnested(List<Event> events, Run run) {
    List<String> faults = new ArrayList<>();
    Map<EpochPerson, List<String>> classOf = new HashMap<>();
    Map<String, Set<List<String>>> had = new HashMap<>();
    for (Run.Call call : run.calls()) {
      for (Decision decision : call.decisions()) {
        if (decision instanceof Decision.Released out) {
          String person = out.event().person();
          EpochPerson who = new EpochPerson(out.event().epoch(), person);
          Set<List<String>> before = had.computeIfAbsent(person, p -> new HashSet<>());
          if (!out.cell().equals(classOf.put(who, out.cell()))
              && !before.stream().allMatch(inner -> contains(events, out.cell(), inner))) {
            faults.add("a class does not contain one of another epoch");
          }
          before.add(out.cell());
        }
      }
    }
    return faults;
  }

  private void everyEventOnceAndInTime(List<Event> events, Run run) {
    Map<Payload, Integer> decidedIn = new HashMap<>();
    for (int call = 0; call < run.calls().size(); call++) {
      for (Decision decision : run.calls().get(call).decisions()) {
        if (decidedIn.put(decision.event().payload(), call) != null) {
          faults.add("decided twice");
        }
      }
    }
    long oldestOpen = Long.MIN_VALUE;
    Set<Payload> late = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      oldestOpen = Math.max(oldestOpen, event.oldestOpen());
      if (event.epoch() < oldestOpen) {
        late.add(event.payload());
      }
      Integer call = decidedIn.get(event.payload());
      if (call == null) {
        faults.add("never decided");
      } else if (call < i) {
        faults.add("decided before it came");
      } else {
        for (int passed = i + 1; passed < call; passed++) {
          if (run.calls().get(passed).now() >= event.deadline()) {
            faults.add("held beyond its deadline");
          }
        }
      }
    }
    for (Run.Call call : run.calls()) {
      for (Decision decision : call.decisions()) {
        if (decision instanceof Decision.Late != late.contains(decision.event().payload())) {
          faults.add("late and not late are mixed up");
        }
      }
    }
  }

  private void cells(Run run) {
    Set<EpochCell> open = new HashSet<>();
    for (Run.Call call : run.calls()) {
      Map<EpochCell, Set<String>> people = new HashMap<>();
      Map<EpochCell, Map<String, String>> values = new HashMap<>();
      for (Decision decision : call.decisions()) {
        if (decision instanceof Decision.Released out) {
          EpochCell cell = new EpochCell(out.event().epoch(), out.cell());
          people.computeIfAbsent(cell, c -> new HashSet<>()).add(out.event().person());
          String value = out.event().sensitive().get(0);
          if (!value.isEmpty()) {
            // A person counts for one value, the first.
            values
                .computeIfAbsent(cell, c -> new HashMap<>())
                .putIfAbsent(out.event().person(), value);
          }
          if (out.cell().stream().allMatch(Hierarchy.ROOT::equals)) {
            faults.add("a record of which nothing is left was released");
          }
          for (int q = 0; q < out.cell().size(); q++) {
            if (!out.event().chains().get(q).contains(out.cell().get(q))) {
              faults.add("a label does not hold its value");
            }
          }
        }
      }
      people.forEach(
          (cell, who) -> {
            if (open.add(cell)) {
              if (who.size() < k) {
                faults.add("opened for " + who.size());
              }
              Set<String> distinct = Set.copyOf(values.getOrDefault(cell, Map.of()).values());
              if (diversity > 1 && distinct.size() < diversity) {
                faults.add("opened with " + distinct.size() + " distinct values");
              }
            }
          });
    }
  }

  private void classes(List<Event> events, Run run) {
    Map<EpochPerson, List<String>> classOf = new HashMap<>();
    for (Run.Call call : run.calls()) {
      for (Decision decision : call.decisions()) {
        if (decision instanceof Decision.Released out) {
          EpochPerson who = new EpochPerson(out.event().epoch(), out.event().person());
          List<String> before = classOf.put(who, out.cell());
          if (before != null && !contains(events, out.cell(), before)) {
            faults.add("a class does not contain the one before");
          }
        }
      }
    }
  }

  /** Whether every value seen that fits the inner labels fits the outer ones. */
  static boolean contains(List<Event> events, List<String> outer, List<String> inner) {
    for (int q = 0; q < outer.size(); q++) {
      for (Event event : events) {
        List<String> chain = event.chains().get(q);
        boolean known = !chain.get(0).equals(Hierarchy.ROOT);
        boolean fits = chain.contains(inner.get(q));
        if (known && fits && !chain.contains(outer.get(q))) {
          return false;
        }
      }
    }
    return true;
  }
}
