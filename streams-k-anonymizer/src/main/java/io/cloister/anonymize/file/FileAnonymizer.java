// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

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
    checkDelay(delayRows);
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

  /**
   * Does what {@link #run} does, but keeps nothing of what would be released.
   *
   * @param input UTF-8, with a header
   * @param separator between the columns of the input
   * @param delayRows how many rows may come between a row and its release, at least 0
   * @return what was done
   * @throws InputException when the input is no such file, or lacks a column
   */
  public FileReport measure(Path input, char separator, long delayRows) {
    checkDelay(delayRows);
    Instant start = clock.instant();
    try (CSVPrinter nowhere = new CSVPrinter(Writer.nullWriter(), CSVFormat.DEFAULT)) {
      FileRun run = read(input, separator, nowhere, delayRows);
      return run.report(Duration.between(start, clock.instant()));
    } catch (IOException e) {
      throw new BugException("a writer that writes nothing cannot fail");
    }
  }

  private static void checkDelay(long delayRows) {
    if (delayRows < 0) {
      throw new InputException("delay-rows: must be at least 0, found " + delayRows);
    }
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
    try (CsvRows rows = CsvRows.open(input, separator)) {
      FileRun run = new FileRun(plan, rows.columns(), printer, delayRows);
      run.begin();
      for (var row = rows.next(); row.isPresent(); row = rows.next()) {
        run.row(row.get());
      }
      run.end();
      return run;
    }
  }
}
