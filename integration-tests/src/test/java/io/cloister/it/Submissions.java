// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The submissions of the Open University data set, with event times. */
final class Submissions {
  /** When day 0 of every course shall have been. */
  private static final Instant DAY_ZERO = Instant.parse("2013-02-01T00:00:00Z");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setDelimiter(';').setHeader().setSkipHeaderRecord(true).get();

  /** A submission, as far as aggregates look at it. */
  record Submission(String student, String module, Instant time, String score) {}

  private Submissions() {}

  static List<Submission> read(Path file) throws IOException {
    List<Submission> submissions = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(reader, FORMAT)) {
      for (CSVRecord row : rows) {
        submissions.add(
            new Submission(
                row.get("id_student"), row.get("code_module"), time(row), row.get("score")));
      }
    }
    return submissions;
  }

  private static Instant time(CSVRecord row) {
    return DAY_ZERO.plus(Duration.ofDays(Long.parseLong(row.get("day"))));
  }

  /** Writes the same rows with their index and event time, to be produced. */
  static Path withRowAndTime(Path file, Path output) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(reader, FORMAT);
        BufferedWriter writer = Files.newBufferedWriter(output, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
      List<String> header = new ArrayList<>(rows.getHeaderNames());
      header.add("row");
      header.add("time");
      printer.printRecord(header);
      for (CSVRecord row : rows) {
        List<String> cells = new ArrayList<>(row.toList());
        cells.add(String.valueOf(row.getRecordNumber() - 1));
        cells.add(time(row).toString());
        printer.printRecord(cells);
      }
    }
    return output;
  }
}
