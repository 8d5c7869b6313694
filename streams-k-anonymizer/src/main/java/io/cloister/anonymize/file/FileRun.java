// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.engine.CellAudit;
import io.cloister.anonymize.engine.DecisionSink;
import io.cloister.anonymize.engine.EarlierClasses;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Pace;
import io.cloister.anonymize.engine.Payload;
import io.cloister.anonymize.engine.Regions;
import io.cloister.common.error.BugException;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchy;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.CanonicalText;
import io.cloister.common.record.Scalars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** One pass over a file. Ticks are row numbers. */
final class FileRun {
  private static final Payload NOTHING = new Payload(new byte[0]);

  /** The region of the second chance, alone in having fewer than every shard field's value. */
  private static final List<String> SECOND_CHANCE = List.of();

  private record PersonEpoch(String person, long epoch) {}

  /** What of a row is released as it is, and its sensitive values in comparable form. */
  private record Row(List<String> carried, List<String> sensitive, List<String> region) {}

  private final AnonymizePlan plan;
  private final CSVPrinter printer;
  private final long delayRows;
  private final int[] quasiIdentifiers;
  private final int[] diverse;
  private final int[] sensitive;
  private final int[] carried;
  private final int[] shards;
  private final PersonColumn subject;
  private final Optional<Integer> time;
  private final List<String> head = new ArrayList<>(List.of("row", "released_at"));
  private final Regions<List<String>> regions;
  private final Map<PersonEpoch, List<String>> regionOf = new HashMap<>();
  private final Map<Long, Row> waiting = new HashMap<>();
  private final Set<String> people = new HashSet<>();
  private final CellAudit<List<String>> cells;
  private final LevelUse levels;
  private final Holds holds = new Holds();
  private long row = -1;
  private long newest = Long.MIN_VALUE;
  private long released;
  private long immediate;
  private long releasedAtSecondChance;
  private long suppressed;
  private long late;
  private double loss;

  FileRun(AnonymizePlan plan, Columns columns, CSVPrinter printer, long delayRows) {
    this.plan = plan;
    Map<List<String>, EarlierClasses> earlier = new HashMap<>();
    this.regions =
        new Regions<>(
            plan.settings(),
            Pace.AT_ONCE,
            region -> Journal.none(),
            region ->
                plan.nested()
                    ? earlier.computeIfAbsent(region, name -> EarlierClasses.inMemory())
                    : EarlierClasses.none(),
            Sink::new,
            Map.of(),
            plan.secondChance(delayRows, SECOND_CHANCE, true));
    this.printer = printer;
    this.delayRows = delayRows;
    this.quasiIdentifiers = columns.of(plan.quasiIdentifiers());
    this.diverse = columns.of(plan.diverse());
    this.sensitive = columns.of(List.copyOf(plan.config().sensitive().keySet()));
    this.cells = new CellAudit<>(plan.distances());
    this.carried = columns.of(plan.carried());
    this.shards = columns.of(plan.config().shardBy());
    this.subject = new PersonColumn(plan.subject(), columns);
    this.levels = new LevelUse(plan.settings().hierarchies());
    this.time = plan.time().map(columns::of);
    for (int column : quasiIdentifiers) {
      head.add(columns.name(column));
    }
    for (int column : carried) {
      head.add(columns.name(column));
    }
  }

  void begin() throws IOException {
    printer.printRecord(head);
  }

  void row(CSVRecord record) throws IOException {
    row++;
    advance(row);
    String person = subject.of(record, row);
    people.add(person);
    long epoch = 0;
    long oldestOpen = 0;
    if (time.isPresent()) {
      long at = instant(record.get(time.get())).toEpochMilli();
      newest = Math.max(newest, at);
      epoch = plan.epochs().of(at);
      oldestOpen = plan.epochs().oldestOpen(newest);
    }
    List<String> compared = comparable(record, sensitive);
    waiting.put(row, new Row(values(record, carried), compared, values(record, shards)));
    List<String> region =
        regionOf.computeIfAbsent(
            new PersonEpoch(person, plan.regionEpoch(epoch)), key -> values(record, shards));
    if (epoch >= oldestOpen) {
      cells.came(region, epoch, person, compared);
    }
    Event event =
        new Event(
            person,
            epoch,
            oldestOpen,
            chains(record),
            comparable(record, diverse),
            NOTHING,
            row,
            row + delayRows);
    decide(() -> regions.accept(region, event));
  }

  private Instant instant(String text) {
    FieldPath field = plan.time().orElseThrow();
    return Scalars.instant(TextNode.valueOf(text))
        .orElseThrow(
            () ->
                new InputException(
                    "input, row "
                        + row
                        + ": "
                        + field
                        + " is neither ISO 8601 nor epoch milliseconds"));
  }

  private List<List<String>> chains(CSVRecord record) {
    List<List<String>> chains = new ArrayList<>();
    List<Hierarchy> hierarchies = plan.settings().hierarchies();
    for (int q = 0; q < quasiIdentifiers.length; q++) {
      chains.add(hierarchies.get(q).chain(record.get(quasiIdentifiers[q])));
    }
    return chains;
  }

  private static List<String> values(CSVRecord record, int[] columns) {
    List<String> values = new ArrayList<>();
    for (int column : columns) {
      values.add(record.get(column));
    }
    return values;
  }

  /** One text for numbers that are equal, so that they count once. */
  private static List<String> comparable(CSVRecord record, int[] columns) {
    return values(record, columns).stream()
        .map(value -> CanonicalText.byNumber(TextNode.valueOf(value)).orElse(""))
        .toList();
  }

  /** Nothing comes any more: what waits is decided as if its deadline had come. */
  void end() throws IOException {
    advance(Long.MAX_VALUE);
  }

  private void advance(long now) throws IOException {
    decide(() -> regions.advance(now));
  }

  /** What is decided together becomes visible together. */
  private void decide(Runnable call) throws IOException {
    try {
      call.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    cells.visible();
  }

  /** Takes what is decided in one region. */
  private final class Sink implements DecisionSink {
    private final List<String> region;
    private final boolean isSecondChance;

    private Sink(List<String> region) {
      this.region = region;
      this.isSecondChance = plan.hasSecondChance() && region.equals(SECOND_CHANCE);
    }

    @Override
    public void released(Event event, List<String> cell, double lost) {
      Row values = decided(event);
      List<Object> line = new ArrayList<>(List.of(event.arrival(), row));
      line.addAll(cell);
      boolean withinRegion = region.equals(values.region());
      line.addAll(withinRegion ? values.carried() : withoutShards(values.carried()));
      try {
        printer.printRecord(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      cells.released(region, event.epoch(), cell, event.person(), values.sensitive());
      released++;
      releasedAtSecondChance += isSecondChance ? 1 : 0;
      immediate += row == event.arrival() ? 1 : 0;
      holds.add(row - event.arrival());
      levels.released(event.chains(), cell);
      loss += lost;
    }

    @Override
    public void suppressed(Event event) {
      withhold(event);
      suppressed++;
    }

    /** Does not happen: the second chance is part of the same run. */
    @Override
    public void moved(Event event) {
      throw new BugException("a row has left the run");
    }

    @Override
    public void late(Event event) {
      withhold(event);
      late++;
    }

    private void withhold(Event event) {
      decided(event);
      loss += 1;
      levels.withheld();
    }

    private Row decided(Event event) {
      Row values = waiting.remove(event.arrival());
      if (values == null) {
        throw new BugException("a row was decided twice");
      }
      if (isSecondChance) {
        cells.came(region, event.epoch(), event.person(), values.sensitive());
      }
      return values;
    }
  }

  /** The k people of the cell are not all of the row's region: which it is must not be told. */
  private List<String> withoutShards(List<String> values) {
    List<String> without = new ArrayList<>(values);
    for (int i = 0; i < carried.length; i++) {
      int column = carried[i];
      if (IntStream.of(shards).anyMatch(shard -> shard == column)) {
        without.set(i, AnonymizePlan.WITHHELD);
      }
    }
    return without;
  }

  FileReport report(Duration took) {
    long records = row + 1;
    List<CellAudit.Achieved<List<String>>> achieved = cells.cells();
    return new FileReport(
        records,
        people.size(),
        released,
        immediate,
        releasedAtSecondChance,
        suppressed,
        late,
        achieved.size(),
        holds.quantile(0.5),
        holds.quantile(0.99),
        holds.longest(),
        records == 0 ? 0 : loss / records,
        levels.report(plan.quasiIdentifiers(), records),
        new CellReport(List.copyOf(plan.config().sensitive().keySet()), achieved),
        took);
  }
}
