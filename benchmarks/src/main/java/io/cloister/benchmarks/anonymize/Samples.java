// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads samples from files. */
final class Samples {
  private Samples() {}

  /**
   * @param input a CSV file with a header
   * @param separator between its columns
   * @param hierarchies the directory of the hierarchy files
   * @param prefix of their names, before the column's name and {@code .csv}
   * @param columns the quasi-identifiers
   * @param person the column that names the person; without it every row is a person
   * @return the rows in the order of the file
   * @throws InputException when a file cannot be used
   */
  static Sample read(
      Path input,
      char separator,
      Path hierarchies,
      String prefix,
      List<String> columns,
      Optional<String> person) {
    if (columns.isEmpty()) {
      throw new InputException("--quasi-identifiers: at least one column is needed");
    }
    List<Taxonomy> taxonomies = new ArrayList<>();
    List<Hierarchy> forEngine = new ArrayList<>();
    for (String column : columns) {
      String file = prefix + column + ".csv";
      taxonomies.add(Taxonomy.read(hierarchies.resolve(file)));
      forEngine.add(Hierarchies.of(new HierarchyConfig.File(file), hierarchies));
    }
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator)
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (BufferedReader reader = Files.newBufferedReader(input, StandardCharsets.UTF_8);
        CSVParser parser = format.parse(reader)) {
      List<String> wanted = new ArrayList<>(columns);
      person.ifPresent(wanted::add);
      for (String column : wanted) {
        if (!parser.getHeaderMap().containsKey(column)) {
          throw new InputException(
              input.getFileName() + ": has no column " + column + "; is the separator right?");
        }
      }
      List<Sample.Row> rows = new ArrayList<>();
      Map<String, Integer> people = new HashMap<>();
      for (CSVRecord record : parser) {
        int[] leaves = new int[columns.size()];
        List<List<String>> chains = new ArrayList<>();
        for (int q = 0; q < leaves.length; q++) {
          String value = record.get(columns.get(q));
          leaves[q] = taxonomies.get(q).node(value);
          chains.add(forEngine.get(q).chain(value));
        }
        int who =
            person
                .map(column -> people.computeIfAbsent(record.get(column), p -> people.size()))
                .orElse(rows.size());
        rows.add(new Sample.Row(who, leaves, chains));
      }
      return new Sample(new Space(taxonomies), forEngine, rows);
    } catch (IOException e) {
      throw new InputException(input.getFileName() + ": cannot be read");
    }
  }
}
