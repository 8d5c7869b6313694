// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules once more, by brute force: every combination of levels is tried, every held event
 * looked at, nothing indexed. For one epoch and without conditions on sensitive values.
 */
final class ReferenceEngine {
  private final int k;
  private final List<Hierarchy> hierarchies;
  private final Set<List<String>> open = new LinkedHashSet<>();
  private final Map<List<String>, List<List<String>>> lineagesOf = new HashMap<>();
  private final Map<String, List<String>> classOf = new HashMap<>();
  private final List<Event> held = new ArrayList<>();

  ReferenceEngine(int k, List<Hierarchy> hierarchies) {
    this.k = k;
    this.hierarchies = hierarchies;
  }

  Run run(List<Event> events) {
    List<Run.Call> calls = new ArrayList<>();
    for (Event event : events) {
      List<Decision> decisions = new ArrayList<>(advance(event.arrival()));
      accept(event, decisions);
      calls.add(new Run.Call(event.arrival(), decisions));
    }
    calls.add(new Run.Call(Long.MAX_VALUE, advance(Long.MAX_VALUE)));
    return new Run(calls);
  }

  private void accept(Event event, List<Decision> decisions) {
    List<String> leaf = event.chains().stream().map(chain -> chain.get(0)).toList();
    if (leaf.stream().allMatch(Hierarchy.ROOT::equals)) {
      decisions.add(new Decision.Suppressed(event));
      return;
    }
    List<String> own = classOf.get(event.person());
    Optional<List<String>> cell;
    if (own != null && covers(own, event)) {
      cell = Optional.of(own);
    } else if (own == null && open.contains(leaf)) {
      cell = Optional.of(leaf);
    } else {
      cell = finestOpen(event).filter(found -> own != null || isFine(found));
    }
    if (cell.isPresent()) {
      release(Set.of(event.person()), cell.get(), decisions);
      decisions.add(new Decision.Released(event, cell.get(), 0));
      return;
    }
    held.add(event);
    if (own == null && peopleAt(leaf).size() >= k) {
      open(leaf, event);
      release(peopleAt(leaf), leaf, decisions);
    }
  }

  private List<Decision> advance(long now) {
    List<Decision> decisions = new ArrayList<>();
    while (true) {
      Optional<Event> due =
          held.stream()
              .filter(event -> event.deadline() <= now)
              .min(Comparator.comparingLong(Event::deadline));
      if (due.isEmpty()) {
        return decisions;
      }
      expire(due.get(), decisions);
    }
  }

  private void expire(Event event, List<Decision> decisions) {
    List<String> best = List.of();
    double bestLoss = Double.POSITIVE_INFINITY;
    Optional<List<String>> opened = finestOpen(event);
    if (opened.isPresent()) {
      best = opened.get();
      bestLoss = worthOpening(loss(best));
    }
    for (List<String> cell : ancestors(event)) {
      if (loss(cell) < bestLoss && peopleIn(cell, event).size() >= k - 1) {
        best = cell;
        bestLoss = loss(cell);
      }
    }
    if (best.isEmpty()) {
      held.remove(event);
      decisions.add(new Decision.Suppressed(event));
      return;
    }
    Set<String> people = new HashSet<>(Set.of(event.person()));
    if (open(best, event)) {
      peopleIn(best, event).stream().limit(k - 1L).forEach(people::add);
      List<String> cell = best;
      held.stream()
          .filter(h -> !classOf.containsKey(h.person()))
          .filter(h -> h.chains().stream().map(c -> c.get(0)).toList().equals(cell))
          .forEach(h -> people.add(h.person()));
    }
    release(people, best, decisions);
  }

  private boolean open(List<String> cell, Event event) {
    List<List<String>> lineages = new ArrayList<>();
    for (int q = 0; q < cell.size(); q++) {
      List<String> chain = event.chains().get(q);
      lineages.add(chain.subList(chain.indexOf(cell.get(q)), chain.size()));
    }
    lineagesOf.putIfAbsent(cell, lineages);
    return open.add(cell);
  }

  private void release(Set<String> people, List<String> cell, List<Decision> decisions) {
    people.forEach(person -> classOf.put(person, cell));
    for (Event event : List.copyOf(held)) {
      if (people.contains(event.person()) && covers(cell, event)) {
        held.remove(event);
        decisions.add(new Decision.Released(event, cell, 0));
      }
    }
  }

  private Set<String> peopleAt(List<String> leaf) {
    Set<String> people = new LinkedHashSet<>();
    for (Event event : held) {
      if (!classOf.containsKey(event.person())
          && event.chains().stream().map(chain -> chain.get(0)).toList().equals(leaf)) {
        people.add(event.person());
      }
    }
    return people;
  }

  /** Who could open a cell with the event, nearest first. */
  private List<String> peopleIn(List<String> cell, Event event) {
    List<List<String>> within = ancestors(event);
    return held.stream()
        .filter(other -> !other.person().equals(event.person()))
        .filter(other -> !classOf.containsKey(other.person()) && covers(cell, other))
        .sorted(
            Comparator.comparingDouble(
                other ->
                    within.stream()
                        .filter(joined -> covers(joined, other))
                        .mapToDouble(this::loss)
                        .min()
                        .orElse(hierarchies.size())))
        .map(Event::person)
        .distinct()
        .toList();
  }

  private Optional<List<String>> finestOpen(Event event) {
    return ancestors(event).stream()
        .filter(open::contains)
        .min(
            Comparator.comparingDouble((List<String> cell) -> loss(cell))
                .thenComparing(cell -> heights(cell, event)));
  }

  /** Of equal losses the first in the order of heights counts, the first field's first. */
  private static String heights(List<String> cell, Event event) {
    StringBuilder order = new StringBuilder();
    for (int q = 0; q < cell.size(); q++) {
      order.append((char) ('a' + event.chains().get(q).lastIndexOf(cell.get(q))));
    }
    return order.toString();
  }

  private boolean isFine(List<String> cell) {
    long sum = open.stream().mapToLong(this::rounded).sum();
    return rounded(cell) * open.size() * 20 <= sum * 11;
  }

  /** k people at the new loss against one at the old and the others at 4/5 of the mean. */
  private double worthOpening(double loss) {
    double mean = open.stream().mapToLong(this::rounded).sum() / (1e9 * open.size());
    double elsewhere = 0.8 * mean * hierarchies.size();
    return Math.min(loss, (loss + (k - 1) * elsewhere) / k);
  }

  private long rounded(List<String> cell) {
    return Math.round(loss(cell) / cell.size() * 1e9);
  }

  /** Every combination of labels that covers the event and its person's class, all-root aside. */
  private List<List<String>> ancestors(Event event) {
    List<List<String>> found = new ArrayList<>(List.of(List.of()));
    for (int q = hierarchies.size() - 1; q >= 0; q--) {
      List<List<String>> longer = new ArrayList<>();
      for (String label : new LinkedHashSet<>(event.chains().get(q))) {
        for (List<String> rest : found) {
          List<String> more = new ArrayList<>(List.of(label));
          more.addAll(rest);
          longer.add(more);
        }
      }
      found = longer;
    }
    // Of equal losses the first in the order of levels counts, the last field's level first.
    found.sort(Comparator.comparing((List<String> cell) -> order(cell, event)));
    List<String> own = classOf.get(event.person());
    found.removeIf(cell -> cell.stream().allMatch(Hierarchy.ROOT::equals));
    found.removeIf(cell -> own != null && !isAbove(cell, own));
    return found;
  }

  private static String order(List<String> cell, Event event) {
    StringBuilder order = new StringBuilder();
    for (int q = cell.size() - 1; q >= 0; q--) {
      order.append((char) ('a' + event.chains().get(q).indexOf(cell.get(q))));
    }
    return order.toString();
  }

  private boolean isAbove(List<String> cell, List<String> own) {
    List<List<String>> lineages = lineagesOf.getOrDefault(own, List.of());
    for (int q = 0; q < cell.size(); q++) {
      if (!lineages.get(q).contains(cell.get(q))) {
        return false;
      }
    }
    return true;
  }

  private static boolean covers(List<String> cell, Event event) {
    for (int q = 0; q < cell.size(); q++) {
      if (!event.chains().get(q).contains(cell.get(q))) {
        return false;
      }
    }
    return true;
  }

  private double loss(List<String> cell) {
    double loss = 0;
    for (int q = 0; q < cell.size(); q++) {
      loss += loss(q, cell.get(q));
    }
    return loss;
  }

  /** The loss of a label, by the values of the test's domain. */
  private double loss(int q, String label) {
    for (String value : List.of("aaa", "aab", "aba", "b", "bb", "0", "1", "3", "4", "x", "y")) {
      List<String> chain = hierarchies.get(q).chain(value);
      if (chain.contains(label)) {
        return hierarchies.get(q).loss(label, chain.lastIndexOf(label));
      }
    }
    return 1;
  }
}
