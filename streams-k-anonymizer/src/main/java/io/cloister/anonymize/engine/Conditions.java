// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The conditions on sensitive fields in one epoch of one region: what each open cell was released
 * with, and what of everybody who came. They hold when a cell opens and after every later release
 * in it, by the first value that was released of each person in the cell, and by the latest one.
 * The reference is everybody who has come so far, released or not, by their first and their latest
 * value. A record that changes nothing in what its cell was released with always fits: it tells
 * nothing new of the cell. Without conditions nothing is kept.
 */
final class Conditions {
  private final long epoch;
  private final int k;
  private final List<List<SensitiveCondition>> fields;
  private final boolean none;
  private final boolean withReference;
  private final Journal journal;
  private final Map<String, Person> people = new HashMap<>();
  private final Map<List<String>, Tally> cells = new HashMap<>();
  private final Map<String, SensitiveValue> read = new HashMap<>();
  private final Tally everybody;
  private final Standing nothing;

  /** A person's standing among everybody, and in each cell that they were released in. */
  private static final class Person {
    private Standing seen;
    private final Map<List<String>, Standing> released = new LinkedHashMap<>(2);

    private Person(Standing seen) {
      this.seen = seen;
    }
  }

  Conditions(long epoch, EngineSettings settings, Journal journal) {
    this.epoch = epoch;
    this.k = settings.k();
    this.fields = settings.conditions();
    this.none = fields.stream().allMatch(List::isEmpty);
    this.withReference =
        fields.stream()
            .flatMap(List::stream)
            .anyMatch(SensitiveCondition.TCloseness.class::isInstance);
    this.journal = journal;
    this.everybody = tally();
    this.nothing = Standing.none(fields.size());
  }

  /** Whether there are no conditions at all. */
  boolean none() {
    return none;
  }

  /** Counts the person of an event that came among everybody. */
  void arrived(Event event) {
    if (withReference) {
      Person person = person(event.person());
      Standing now = person.seen.after(event.sensitive());
      if (!now.equals(person.seen)) {
        everybody.replace(person.seen, now);
        person.seen = now;
        put(event.person(), person);
      }
    }
  }

  /**
   * @param person a person
   * @param values an event's of the person
   * @param cell an open cell
   * @return whether the conditions still hold in the cell once the event is released in it
   */
  boolean admits(String person, List<String> values, OpenCell cell) {
    if (none()) {
      return true;
    }
    Standing before = standing(person, cell.texts());
    Standing now = before.after(values);
    if (now.equals(before)) {
      return true;
    }
    Tally tally = tally(cell);
    tally.replace(before, now);
    double shortfall = tally.shortfall(fields, everybody);
    tally.replace(now, before);
    return shortfall == 0;
  }

  /** Counts an event that is released in an open cell. */
  void released(Event event, OpenCell cell) {
    if (none()) {
      return;
    }
    Person person = person(event.person());
    Standing before = person.released.getOrDefault(cell.texts(), nothing);
    Standing now = before.after(event.sensitive());
    if (!now.equals(before)) {
      tally(cell).replace(before, now);
      person.released.put(cell.texts(), now);
      put(event.person(), person);
    }
  }

  /**
   * Chooses who opens a cell.
   *
   * @param event whose person opens it
   * @param nearest the others that could, each person once, in the order of preference
   * @param fits which waiting events the cell holds: those of whoever opens it are released
   * @param open the cell, when it is open already and takes no single one of them
   * @return at least k - 1 of the others, so that all conditions hold; nothing when no such choice
   *     is found
   */
  Optional<List<Member>> choose(
      HeldEvent event, List<Member> nearest, Predicate<HeldEvent> fits, Optional<OpenCell> open) {
    if (nearest.size() < k - 1) {
      return Optional.empty();
    }
    if (none()) {
      return Optional.of(nearest.subList(0, k - 1));
    }
    Choice choice =
        new Choice(
            fields, everybody, open.map(this::tally).map(Tally::copy).orElseGet(this::tally));
    choice.own(after(event.member(), fits, open));
    nearest.forEach(member -> choice.candidate(member, after(member, fits, open)));
    return choice.make(k - 1);
  }

  /** What a person stood for in the cell before and will once their waiting events are in it. */
  private Choice.Change after(Member member, Predicate<HeldEvent> fits, Optional<OpenCell> open) {
    Standing before = open.map(cell -> standing(member.person(), cell.texts())).orElse(nothing);
    Standing now = before;
    for (HeldEvent held : member.held()) {
      if (fits.test(held)) {
        now = now.after(held.sensitive());
      }
    }
    return new Choice.Change(before, now);
  }

  /** Everything that is kept, to be forgotten. */
  List<EngineState.Values> states() {
    return people.entrySet().stream()
        .map(entry -> state(entry.getKey(), entry.getValue()))
        .toList();
  }

  void restore(EngineState.Values values) {
    Person person = person(values.person());
    person.seen = values.seen();
    everybody.replace(nothing, values.seen());
    values
        .released()
        .forEach(
            in -> {
              person.released.put(in.cell(), in.standing());
              cells.computeIfAbsent(in.cell(), cell -> tally()).replace(nothing, in.standing());
            });
  }

  private Tally tally(OpenCell cell) {
    return cells.computeIfAbsent(cell.texts(), texts -> tally());
  }

  private Tally tally() {
    return Tally.of(fields.size(), read);
  }

  private Standing standing(String person, List<String> cell) {
    Person known = people.get(person);
    return known == null ? nothing : known.released.getOrDefault(cell, nothing);
  }

  private Person person(String name) {
    Person known = people.get(name);
    if (known == null) {
      known = new Person(nothing);
      people.put(name, known);
    }
    return known;
  }

  private void put(String name, Person person) {
    journal.put(state(name, person));
  }

  private EngineState.Values state(String name, Person person) {
    return new EngineState.Values(
        epoch,
        name,
        person.seen,
        person.released.entrySet().stream()
            .map(entry -> new EngineState.Values.InCell(entry.getKey(), entry.getValue()))
            .toList());
  }
}
