// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Anonymizes a CSV file in arrival order, on the engine that serves the stream: rows are events,
 * and a row waits for at most a number of rows that come after it.
 */
public final class FileAnonymizer {
  private final AnonymizePlan plan;
  private final InstantSource clock;

  /**
   * @param config a pipeline; its sections anonymize and source alone are used
   * @param base the directory to which file names in the config are relative
   * @param clock measures how long a run takes
   * @throws InputException when the config cannot be used
   */
  public FileAnonymizer(TopologyConfig config, Path base, InstantSource clock) {
    this.plan = AnonymizePlan.of(config, base);
    this.clock = clock;
  }

  /**
   * @param input UTF-8, with a header
   * @param separator between the columns of the input; the output has commas
   * @param output written as a whole or not at all
   * @param delayRows how many rows may come between a row and its release, at least 0
   * @return what was done
   * @throws InputException when the input is no such file, or lacks a column
   * @throws EnvironmentException when the output cannot be written
   */
  public FileReport run(Path input, char separator, Path output, long delayRows) {
    if (delayRows < 0) {
      throw new InputException("delay-rows: must be at least 0, found " + delayRows);
    }
    Instant start = clock.instant();
    Path target = output.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileRun run;
    try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
        CSVPrinter printer =
            new CSVPrinter(writer, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
      run = read(input, separator, printer, delayRows);
      printer.flush();
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EnvironmentException(
          "the output cannot be written: is its directory there, is the disk full?");
    } finally {
      deleteQuietly(part);
    }
    return run.report(Duration.between(start, clock.instant()));
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new EnvironmentException("a partial output cannot be deleted: " + part.getFileName());
    }
  }

  private FileRun read(Path input, char separator, CSVPrinter printer, long delayRows)
      throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
    try (BufferedReader reader = open(input);
        CSVParser parser = format.parse(reader)) {
      var rows = new CheckedRows(parser);
      CSVRecord header =
          rows.next().orElseThrow(() -> new InputException("the input has no header line"));
      FileRun run = new FileRun(plan, new Columns(header.toList()), printer, delayRows);
      run.begin();
      for (var row = rows.next(); row.isPresent(); row = rows.next()) {
        if (row.get().size() != header.size()) {
          throw new InputException(
              "input, line "
                  + parser.getCurrentLineNumber()
                  + ": has "
                  + row.get().size()
                  + " columns, the header "
                  + header.size());
        }
        run.row(row.get());
      }
      run.end();
      return run;
    }
  }

  private static BufferedReader open(Path input) {
    try {
      BufferedReader reader = Files.newBufferedReader(input, StandardCharsets.UTF_8);
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      return reader;
    } catch (CharacterCodingException e) {
      throw new InputException("input: is not UTF-8");
    } catch (IOException e) {
      throw new InputException("input: cannot be read; is the path right?");
    }
  }

  /** Turns the parser's failures, which quote the row, into messages that do not. */
  private static final class CheckedRows {
    private final CSVParser parser;
    private final java.util.Iterator<CSVRecord> rows;

    CheckedRows(CSVParser parser) {
      this.parser = parser;
      this.rows = parser.iterator();
    }

    java.util.Optional<CSVRecord> next() {
      try {
        return rows.hasNext() ? java.util.Optional.of(rows.next()) : java.util.Optional.empty();
      } catch (UncheckedIOException | IllegalStateException e) {
        boolean coding = e.getCause() instanceof CharacterCodingException;
        throw new InputException(
            "input, near line "
                + parser.getCurrentLineNumber()
                + ": "
                + (coding ? "is not UTF-8" : "is no CSV: a quote is not closed or misplaced"));
      }
    }
  }
}
