// SPDX-License-Identifier: Apache-2.0
package io.cloister.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.Schema;

/** The Avro schemas of records that Cloister itself defines. */
public final class Schemas {
  private static final Schema LEARNING_EVENT = load("LearningEvent");
  private static final Schema AGGREGATE = load("Aggregate");
  private static final Schema DEAD_LETTER = load("DeadLetter");
  private static final Schema LEDGER_ENTRY = load("LedgerEntry");

  private Schemas() {}

  /**
   * @return the reference learning event, which the generator sends
   */
  public static Schema learningEvent() {
    return LEARNING_EVENT;
  }

  /**
   * @return what a consumer of aggregates reads: figures, closing records and refusals
   */
  public static Schema aggregate() {
    return AGGREGATE;
  }

  /**
   * @return a dead letter; JSON on the topic, so that any client can list them
   */
  public static Schema deadLetter() {
    return DEAD_LETTER;
  }

  /**
   * @return an entry of the ledger; JSON on the topic, with exact decimals
   */
  public static Schema ledgerEntry() {
    return LEDGER_ENTRY;
  }

  private static Schema load(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream(name + ".avsc")) {
      return new Schema.Parser().parse(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException("schema " + name + " is missing from the jar", e);
    }
  }
}
