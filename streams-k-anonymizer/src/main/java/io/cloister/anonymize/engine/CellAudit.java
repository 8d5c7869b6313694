// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each cell has come to, seen from outside: knows what came and what was released, not how it
 * was decided, and measures whether conditions were asked for or not. For operators, in runs that
 * end.
 *
 * @param <R> what names a region
 */
public final class CellAudit<R> {
  private final List<ValueDistance> distances;
  private final Map<String, SensitiveValue> read = new HashMap<>();
  private final Map<Place<R>, Table> everybody = new HashMap<>();
  private final Map<CellPlace<R>, Cell> cells = new LinkedHashMap<>();
  private final Set<CellPlace<R>> touched = new HashSet<>();

  private record Place<R>(R region, long epoch) {}

  private record CellPlace<R>(Place<R> place, List<String> labels) {}

  /** Who is somewhere, and what they stand for there. */
  private static final class Table {
    private final Map<String, Standing> people = new HashMap<>();
    private final Tally tally;

    private Table(int fields, Map<String, SensitiveValue> read) {
      this.tally = Tally.of(fields, read);
    }

    /** Says whether the values of the table have changed. */
    private boolean add(String person, List<String> values) {
      Standing before = people.getOrDefault(person, Standing.none(values.size()));
      Standing now = before.after(values);
      people.put(person, now);
      tally.replace(before, now);
      return !now.equals(before);
    }
  }

  private static final class Cell {
    private final Table table;
    private final List<Figures> worst = new ArrayList<>();
    private int openedFor;
    private boolean changed = true;

    private Cell(Table table) {
      this.table = table;
    }
  }

  /**
   * What a cell has come to.
   *
   * @param region its region
   * @param epoch its epoch
   * @param labels its labels
   * @param openedFor how many distinct people it opened for
   * @param people how many there are at the end
   * @param fields for each sensitive field, at the worst moment and by the worse of people's first
   *     and latest values
   * @param <R> what names a region
   */
  public record Achieved<R>(
      R region, long epoch, List<String> labels, int openedFor, int people, List<Figures> fields) {
    @Override
    public String toString() {
      return "Achieved[epoch=" + epoch + ", people=" + people + "]";
    }
  }

  /**
   * Of one sensitive field.
   *
   * @param distinct how many distinct values there are
   * @param entropy of how many equally frequent values the entropy is
   * @param distance how far the values are from those of everybody who had come, when they changed
   * @param distanceAtEnd the same, from everybody who ever came in the epoch, at the end
   */
  public record Figures(int distinct, double entropy, double distance, double distanceAtEnd) {
    /**
     * @param other those of another cell or moment
     * @return the worse of each
     */
    public Figures worse(Figures other) {
      return new Figures(
          Math.min(distinct, other.distinct),
          Math.min(entropy, other.entropy),
          Math.max(distance, other.distance),
          Math.max(distanceAtEnd, other.distanceAtEnd));
    }
  }

  /**
   * @param distances one for each sensitive field
   */
  public CellAudit(List<ValueDistance> distances) {
    this.distances = List.copyOf(distances);
  }

  /**
   * Tells of an event that comes and is not late.
   *
   * @param region its region
   * @param epoch its epoch
   * @param person whom it is about
   * @param values of the sensitive fields, "" where missing
   */
  public void came(R region, long epoch, String person, List<String> values) {
    table(new Place<>(region, epoch)).add(person, values);
  }

  /**
   * Tells of an event that is released.
   *
   * @param region its region
   * @param epoch its epoch
   * @param labels its cell
   * @param person whom it is about
   * @param values of the sensitive fields, "" where missing
   */
  public void released(
      R region, long epoch, List<String> labels, String person, List<String> values) {
    CellPlace<R> place = new CellPlace<>(new Place<>(region, epoch), labels);
    Cell cell = cells.computeIfAbsent(place, p -> new Cell(table()));
    cell.changed |= cell.table.add(person, values);
    touched.add(place);
  }

  /** Tells that what was released since the last time has become visible, all at once. */
  public void visible() {
    for (CellPlace<R> place : touched) {
      Cell cell = cells.computeIfAbsent(place, p -> new Cell(table()));
      if (cell.openedFor == 0) {
        cell.openedFor = cell.table.people.size();
      }
      if (cell.changed) {
        cell.changed = false;
        for (int field = 0; field < distances.size(); field++) {
          Figures now = figures(cell.table.tally, table(place.place()).tally, field);
          if (cell.worst.size() <= field) {
            cell.worst.add(now);
          } else {
            cell.worst.set(field, cell.worst.get(field).worse(now));
          }
        }
      }
    }
    touched.clear();
  }

  /**
   * @return what every cell has come to, in the order of opening
   */
  public List<Achieved<R>> cells() {
    List<Achieved<R>> achieved = new ArrayList<>();
    cells.forEach(
        (place, cell) -> {
          List<Figures> fields = new ArrayList<>();
          for (int field = 0; field < cell.worst.size(); field++) {
            Figures end = figures(cell.table.tally, table(place.place()).tally, field);
            Figures worst = cell.worst.get(field);
            fields.add(
                new Figures(worst.distinct, worst.entropy, worst.distance, end.distanceAtEnd));
          }
          achieved.add(
              new Achieved<>(
                  place.place().region(),
                  place.place().epoch(),
                  place.labels(),
                  cell.openedFor,
                  cell.table.people.size(),
                  List.copyOf(fields)));
        });
    return achieved;
  }

  private Table table(Place<R> place) {
    return everybody.computeIfAbsent(place, p -> table());
  }

  private Table table() {
    return new Table(distances.size(), read);
  }

  private Figures figures(Tally cell, Tally reference, int field) {
    Figures first = figures(cell.first(field), reference.first(field), distances.get(field));
    return first.worse(figures(cell.latest(field), reference.latest(field), distances.get(field)));
  }

  private static Figures figures(ValueCounts cell, ValueCounts reference, ValueDistance distance) {
    double entropy = cell.total() == 0 ? 0 : Math.exp(cell.entropy());
    double away = distance.between(cell, reference);
    return new Figures(cell.distinct(), entropy, away, away);
  }
}
