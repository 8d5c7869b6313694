// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.file.CsvRows;
import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.file.PersonColumn;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows what k, delay and hierarchies do to a sample: the engine that serves the stream runs over
 * it once for every setting.
 */
public final class Profiler {
  private record Setting(int k, long delayRows) {}

  private final TopologyConfig config;
  private final AnonymizeConfig section;
  private final AnonymizePlan plan;
  private final Path base;
  private final InstantSource clock;

  /**
   * @param config a pipeline; its sections anonymize and source alone are used
   * @param base the directory to which file names in the config are relative
   * @param clock measures how long runs take
   * @throws InputException when the config cannot be used
   */
  public Profiler(TopologyConfig config, Path base, InstantSource clock) {
    this.config = config;
    this.plan = AnonymizePlan.of(config, base);
    this.section = plan.config();
    this.base = base;
    this.clock = clock;
  }

  /**
   * @param input a CSV file with a header, UTF-8, in arrival order; read once for every setting
   * @param separator between its columns
   * @param grid which settings to try
   * @param progress told of every run that is done
   * @return what they do
   * @throws InputException when the input is no such file, lacks a column or has no row
   */
  public Profile run(Path input, char separator, Grid grid, Progress progress) {
    Population population = new Population(plan.quasiIdentifiers());
    long rows = read(input, separator, population);
    if (rows == 0) {
      throw new InputException("the input has no rows");
    }
    List<Long> asked = grid.delays(section.maxDelay());
    List<Long> fitting = asked.stream().filter(delay -> delay < rows).toList();
    List<Long> delays = fitting.isEmpty() ? asked.subList(0, 1) : fitting;
    long delay =
        grid.ownDelay(section.maxDelay())
            .filter(delays::contains)
            .orElse(delays.get(delays.size() / 2));

    List<Setting> settings = new ArrayList<>();
    grid.ks(section.k()).forEach(k -> delays.forEach(each -> settings.add(new Setting(k, each))));
    List<Variant> variants = variants();
    List<Runs.Run> runs = new ArrayList<>();
    settings.forEach(setting -> runs.add(run(section.withK(setting.k()), setting.delayRows())));
    variants.forEach(variant -> runs.add(run(variant.section(), delay)));
    List<FileReport> reports = new Runs(base, clock, progress).all(runs, input, separator);
    if (reports.stream().anyMatch(report -> report.records() != rows)) {
      throw new InputException("input: has changed while it was read");
    }

    List<GridPoint> points = new ArrayList<>();
    for (Setting setting : settings) {
      FileReport report = reports.get(points.size());
      points.add(new GridPoint(setting.k(), setting.delayRows(), report));
    }
    FileReport own = reports.get(settings.indexOf(new Setting(section.k(), delay)));
    List<WhatIf> whatIfs = new ArrayList<>();
    for (Variant variant : variants) {
      FileReport report = reports.get(points.size() + whatIfs.size());
      whatIfs.add(WhatIf.of(variant.field(), variant.change(), own, report));
    }
    return new Profile(
        rows,
        section.k(),
        delay,
        points,
        asked.stream().filter(each -> !delays.contains(each)).toList(),
        whatIfs,
        population.risk(section.k()));
  }

  private Runs.Run run(AnonymizeConfig changed, long delayRows) {
    return new Runs.Run(config.withAnonymize(changed), delayRows);
  }

  /** Of one quasi-identifier alone nothing can be left out, nor are there others to gain. */
  private List<Variant> variants() {
    return section.quasiIdentifiers().size() == 1 ? List.of() : Variant.of(section);
  }

  private long read(Path input, char separator, Population population) {
    try (CsvRows rows = CsvRows.open(input, separator)) {
      int[] fields = rows.columns().of(plan.quasiIdentifiers());
      PersonColumn person = new PersonColumn(plan.subject(), rows.columns());
      long count = 0;
      for (var row = rows.next(); row.isPresent(); row = rows.next()) {
        var record = row.get();
        population.add(
            person.of(record, count), Arrays.stream(fields).mapToObj(record::get).toList());
        count++;
      }
      return count;
    }
  }
}
