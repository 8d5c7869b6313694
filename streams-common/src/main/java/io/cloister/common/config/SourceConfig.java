// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Range;
import io.cloister.common.path.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where raw events come from and how to read them. */
@Doc("Where raw events come from and how to read them.")
public record SourceConfig(
    @Doc("The topics of raw events; file runs need none.") @Default("[]") List<String> topics,
    @Doc("How an event is encoded.") @Default("json") Format format,
    @Doc(
            "The field that names the person. Only file runs may leave it out: every row is then a"
                + " person.")
        Optional<FieldPath> subject,
    @Doc(
            "The field that holds the event time: ISO 8601, or epoch milliseconds. Only file runs may"
                + " leave it out: the whole file is then one epoch.")
        Optional<FieldPath> time,
    @Doc("How far ahead of the clock an event may be dated before it is a dead letter.")
        @Default("PT5M")
        Duration maxAhead,
    @Doc("The largest event, in bytes; larger ones are dead letters without their content.")
        @Default("900000")
        @Range(min = 1, max = 100000000)
        int maxBytes) {

  /** How an event is encoded. */
  public enum Format {
    /** One JSON object an event. */
    @Doc("One JSON object an event, UTF-8.")
    JSON,
    /** Avro binary in Confluent wire format. */
    @Doc("Avro in Confluent wire format; needs a registry.")
    AVRO,
    /** Rows with a header; files only. */
    @Doc("Comma separated values with a header; files only.")
    CSV
  }
}
