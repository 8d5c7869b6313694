// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.topology;

import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.MessageSizes;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.Keyset;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.RecordFormat;
import io.cloister.scrub.RecordScrubber;
import io.cloister.scrub.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The first stage: from the raw topics to {@code scrubbed}, keyed by person, and to the dead
 * letters. Stateless; every record read becomes exactly one record written. Of the raw record's
 * key, headers and time nothing goes on but its position.
 */
public final class ScrubTopology {
  /** Above what reason, position and encryption add to a record. */
  private static final int ENVELOPE = 4_096;

  /** A key larger than this goes into no dead letter, nor does its record. */
  private static final int MAX_KEY = 4_096;

  private final TopologyConfig config;
  private final SourceConfig source;
  private final RecordScrubber scrubber;
  private final Keyset keyset;
  private final MeterRegistry metrics;
  private final InstantSource clock;

  /**
   * @param config a pipeline with {@code source} and {@code scrub}
   * @param base the config's directory, to which files that it names are relative; the scrubber's
   *     part names none
   * @param format of raw and scrubbed records
   * @param keyset for tokens and dead letters
   * @param metrics where records are counted
   * @param clock against which events dated ahead are refused
   * @throws InputException when the config lacks what the scrubber needs
   */
  public ScrubTopology(
      TopologyConfig config,
      Path base,
      RecordFormat format,
      Keyset keyset,
      MeterRegistry metrics,
      InstantSource clock) {
    this.config = config;
    this.keyset = keyset;
    this.metrics = metrics;
    this.clock = clock;
    Scrubber treats = Scrubber.of(config, keyset.tokens(), clock);
    this.source = config.source().orElseThrow();
    if (source.topics().isEmpty()) {
      throw new InputException("source.topics: empty, and the scrubber reads from them");
    }
    this.scrubber =
        new RecordScrubber(
            format,
            treats,
            source,
            config.scrub().orElseThrow(),
            new TopicNames(config.pipeline()).scrubbed(),
            // What the producer would refuse is a dead letter instead: a refusal stops the stage.
            new MessageSizes(source.maxBytes()).maxValueBytes());
  }

  /**
   * @param builder to which the stage is added
   */
  public void addTo(StreamsBuilder builder) {
    TopicNames names = new TopicNames(config.pipeline());
    RecordCounts counts = new RecordCounts(metrics, ScrubProcessor.STAGE);
    KStream<byte[], byte[]> raw =
        builder.stream(
            source.topics(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName("scrub-raw")
                // A producer may set any time, even a negative one, which would stop the stage.
                .withTimestampExtractor((rawRecord, partitionTime) -> Math.max(0, clock.millis())));
    raw.process(
            () ->
                new ScrubProcessor(
                    scrubber, keyset.deadLetterEncrypt(), counts, metrics, clock, maxContent()),
            Named.as("scrub-treat"))
        .split(Named.as("scrub-outcome"))
        .branch(
            (key, value) -> value instanceof Outgoing.Treated,
            Branched.withConsumer(
                treated -> send(treated, names.scrubbed(), "scrub-scrubbed"), "-treated"))
        .branch(
            (key, value) -> value instanceof Outgoing.Dead,
            Branched.withConsumer(
                dead -> send(dead, names.deadLetters(), "scrub-dead-letters"), "-dead"))
        .noDefaultBranch();
  }

  /**
   * What still fits a dead letter, encrypted and in base64, and no more than what is treated:
   * whatever is larger lies at its position in the raw topic.
   */
  private int maxContent() {
    int fits = (int) (new MessageSizes(source.maxBytes()).maxValueBytes() * 3L / 4) - ENVELOPE;
    return Math.min(source.maxBytes() + MAX_KEY, fits);
  }

  private static void send(KStream<String, Outgoing> stream, String topic, String name) {
    stream
        .mapValues(Outgoing::bytes, Named.as(name + "-bytes"))
        .to(topic, Produced.with(Serdes.String(), Serdes.ByteArray()).withName(name));
  }
}
