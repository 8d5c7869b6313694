// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.topology;

import com.google.crypto.tink.HybridEncrypt;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.FailureKind;
import io.cloister.scrub.Outcome;
import io.cloister.scrub.RecordScrubber;
import io.cloister.scrub.deadletter.DeadLetter;
import io.cloister.scrub.deadletter.DeadLetter.Content;
import io.cloister.scrub.deadletter.DeadLetterEnvelope;
import io.cloister.scrub.deadletter.DeadLetterFormat;
import io.cloister.scrub.deadletter.RawRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One raw record in, one treated record or one dead letter out. Keeps nothing. */
final class ScrubProcessor extends ContextualProcessor<byte[], byte[], String, Outgoing> {
  static final String STAGE = "scrub";

  private static final Logger log = LoggerFactory.getLogger(ScrubProcessor.class);

  private final RecordScrubber scrubber;
  private final HybridEncrypt encrypt;
  private final RecordCounts counts;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final int maxContent;

  /**
   * @param maxContent how many bytes of key and value a dead letter may hold
   */
  ScrubProcessor(
      RecordScrubber scrubber,
      HybridEncrypt encrypt,
      RecordCounts counts,
      MeterRegistry metrics,
      InstantSource clock,
      int maxContent) {
    this.scrubber = scrubber;
    this.encrypt = encrypt;
    this.counts = counts;
    this.metrics = metrics;
    this.clock = clock;
    this.maxContent = maxContent;
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    SourcePosition position = position();
    Outcome outcome = scrubber.scrub(raw.value());
    // Counted only now: a record that has to wait is read again.
    counts.count(RecordCounts.Outcome.IN);
    if (outcome instanceof Outcome.Passed passed) {
      Headers headers = new RecordHeaders();
      position.writeTo(headers);
      forward(passed.person(), new Outgoing.Treated(passed.value()), headers);
      counts.count(RecordCounts.Outcome.OUT);
    } else if (outcome instanceof Outcome.Failed failed) {
      byte[] letter = DeadLetterFormat.write(letter(raw, position, failed));
      forward(STAGE, new Outgoing.Dead(letter), new RecordHeaders());
      counts.count(RecordCounts.Outcome.DEAD_LETTERED);
      tell(position, failed);
    }
  }

  private SourcePosition position() {
    RecordMetadata metadata =
        context()
            .recordMetadata()
            .orElseThrow(() -> new BugException("a raw record comes from a topic"));
    return new SourcePosition(metadata.topic(), metadata.partition(), metadata.offset());
  }

  /** The raw record's own time stays behind with its key and headers. */
  private void forward(String key, Outgoing value, Headers headers) {
    context().forward(new Record<>(key, value, Math.max(0, clock.millis()), headers));
  }

  private DeadLetter letter(
      Record<byte[], byte[]> raw, SourcePosition position, Outcome.Failed failed) {
    return new DeadLetter(
        STAGE,
        failed.kind(),
        failed.field().map(FieldPath::toString),
        position,
        clock.instant(),
        content(raw, position, failed.kind()));
  }

  private Content content(Record<byte[], byte[]> raw, SourcePosition position, FailureKind kind) {
    if (kind == FailureKind.TOMBSTONE) {
      return new Content.None();
    }
    RawRecord record =
        new RawRecord(Optional.ofNullable(raw.key()), Optional.ofNullable(raw.value()));
    long size =
        record.key().map(b -> b.length).orElse(0)
            + (long) record.value().map(b -> b.length).orElse(0);
    return size > maxContent
        ? new Content.Omitted()
        : DeadLetterEnvelope.close(encrypt, STAGE, position, record);
  }

  private void tell(SourcePosition position, Outcome.Failed failed) {
    metrics
        .counter("cloister.dead.letters", "stage", STAGE, "kind", failed.kind().name())
        .increment();
    log.atDebug()
        .addKeyValue("kind", failed.kind())
        .addKeyValue("field", failed.field().map(FieldPath::toString).orElse(""))
        .addKeyValue("position", position)
        .log("A record became a dead letter");
  }
}
