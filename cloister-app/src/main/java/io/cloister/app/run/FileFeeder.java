// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.app.generator.Pace;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.UntreatableRecordException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces a file to the raw topic: rows of a CSV file become JSON objects whose values are all
 * text, lines of JSON go as they are. Events with a subject are keyed by it, so that one person's
 * events stay in order.
 */
public final class FileFeeder {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  private final ClientSettings settings;
  private final String topic;
  private final Optional<FieldPath> subject;
  private final RecordFormat format;

  /**
   * @param settings how to reach the cluster
   * @param source where raw events go and how they are read
   * @param format the format of raw events
   * @throws InputException when files cannot be produced to such a source
   */
  public FileFeeder(ClientSettings settings, SourceConfig source, RecordFormat format) {
    if (source.format() != SourceConfig.Format.JSON) {
      throw new InputException(
          "--input: produces JSON, but source.format is "
              + source.format().name().toLowerCase(Locale.ROOT));
    }
    if (source.topics().isEmpty()) {
      throw new InputException("--input: source.topics names no topic to produce to");
    }
    this.settings = settings;
    this.topic = source.topics().get(0);
    this.subject = source.subject();
    this.format = format;
  }

  /**
   * @param file what is to be produced
   * @throws InputException when it cannot be read
   */
  public static void requireReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new InputException("--input: " + file + ": no such file, or not readable");
    }
  }

  /**
   * Produces a file to its end and waits until the cluster has all of it.
   *
   * @param file a file whose name ends in .csv, or of JSON lines
   * @param separator between the columns of a CSV file
   * @param perSecond events a second; 0 for as fast as it goes
   * @return how many events were produced; fewer than the file holds when interrupted
   * @throws InputException when the file is missing or no such file
   * @throws EnvironmentException when the cluster does not take an event
   */
  public long feed(Path file, char separator, double perSecond) {
    requireReadable(file);
    try (Sender sender = new Sender(perSecond);
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      if (file.toString().endsWith(".csv")) {
        feedRows(reader, separator, sender);
      } else {
        feedLines(reader, sender);
      }
      return sender.finish();
    } catch (IOException | UncheckedIOException e) {
      // The parser's own message may quote the file.
      throw new InputException("--input: " + file + ": not readable as UTF-8 rows or lines");
    }
  }

  private void feedRows(Reader reader, char separator, Sender sender) throws IOException {
    CSVFormat csv =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (CSVParser rows = CSVParser.parse(reader, csv)) {
      List<String> header = rows.getHeaderNames();
      for (CSVRecord row : rows) {
        if (!row.isConsistent()) {
          throw new InputException(
              "--input: row "
                  + row.getRecordNumber()
                  + " has "
                  + row.size()
                  + " cells, the header has "
                  + header.size());
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
          event.put(header.get(i), row.get(i));
        }
        if (!sender.send(key(event), JSON.writeValueAsBytes(event))) {
          return;
        }
      }
    }
  }

  private void feedLines(BufferedReader reader, Sender sender) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank()) {
        byte[] value = line.getBytes(StandardCharsets.UTF_8);
        if (!sender.send(key(value), value)) {
          return;
        }
      }
    }
  }

  private Optional<byte[]> key(byte[] value) {
    try {
      return key(format.decode(value).tree());
    } catch (UntreatableRecordException e) {
      // The scrubber will say what is wrong with it.
      return Optional.empty();
    }
  }

  private Optional<byte[]> key(ObjectNode event) {
    return subject
        .flatMap(path -> path.find(event))
        .map(value -> value.asText().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends at the chosen rate, and notices when the cluster refuses. */
  private final class Sender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Optional<Pace> pace;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;

    Sender(double perSecond) {
      Map<String, Object> properties = settings.producer();
      properties.putIfAbsent("linger.ms", perSecond > 0 ? "0" : "5");
      properties.putIfAbsent("batch.size", "65536");
      this.producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
      this.pace = perSecond > 0 ? Optional.of(new Pace(perSecond)) : Optional.empty();
    }

    /** Says whether to go on. */
    boolean send(Optional<byte[]> key, byte[] value) {
      if (pace.isPresent() && !pace.get().await()) {
        return false;
      }
      refuseIfFailed();
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key.orElse(null), value),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
      sent++;
      return true;
    }

    long finish() {
      producer.flush();
      refuseIfFailed();
      return sent;
    }

    private void refuseIfFailed() {
      Exception e = failure.get();
      if (e != null) {
        throw new EnvironmentException(
            "topic " + topic + " does not take an event: " + e.getClass().getSimpleName(), e);
      }
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}
