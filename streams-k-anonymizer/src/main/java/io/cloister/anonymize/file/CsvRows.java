// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a CSV file with a header, one after the other. The parser's failures, which quote the
 * row, become messages that do not.
 */
public final class CsvRows implements AutoCloseable {
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private final Columns columns;
  private final int width;

  private CsvRows(CSVParser parser) {
    this.parser = parser;
    this.rows = parser.iterator();
    CSVRecord header =
        parsed().orElseThrow(() -> new InputException("the input has no header line"));
    this.columns = new Columns(header.toList());
    this.width = header.size();
  }

  /**
   * @param input UTF-8, with a header
   * @param separator between the columns
   * @return its rows, to be closed
   * @throws InputException when the input is no such file
   */
  public static CsvRows open(Path input, char separator) {
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
    try {
      CSVParser parser = format.parse(reader(input));
      try {
        return new CsvRows(parser);
      } catch (InputException e) {
        parser.close();
        throw e;
      }
    } catch (CharacterCodingException e) {
      throw new InputException("input: is not UTF-8");
    } catch (IOException e) {
      throw new InputException("input: cannot be read; is the path right?");
    }
  }

  private static BufferedReader reader(Path input) throws IOException {
    BufferedReader reader = Files.newBufferedReader(input, StandardCharsets.UTF_8);
    try {
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * @return where each field is
   */
  public Columns columns() {
    return columns;
  }

  /**
   * @return the next row, which has as many columns as the header; empty at the end
   * @throws InputException when it has not, or is no CSV
   */
  public Optional<CSVRecord> next() {
    Optional<CSVRecord> row = parsed();
    row.filter(record -> record.size() != width)
        .ifPresent(
            record -> {
              throw new InputException(
                  "input, line "
                      + parser.getCurrentLineNumber()
                      + ": has "
                      + record.size()
                      + " columns, the header "
                      + width);
            });
    return row;
  }

  private Optional<CSVRecord> parsed() {
    try {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    } catch (UncheckedIOException | IllegalStateException e) {
      boolean coding = e.getCause() instanceof CharacterCodingException;
      throw new InputException(
          "input, near line "
              + parser.getCurrentLineNumber()
              + ": "
              + (coding ? "is not UTF-8" : "is no CSV: a quote is not closed or misplaced"));
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new EnvironmentException("the input cannot be closed: did its disk fail?");
    }
  }
}
