// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.CloisterException;
import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Shape;
import io.cloister.common.record.UntreatableRecordException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the bytes of a raw record to those of a treated one. Safe for use by several threads. */
public final class RecordScrubber {
  private static final Logger log = LoggerFactory.getLogger(RecordScrubber.class);

  private final RecordFormat format;
  private final Scrubber scrubber;
  private final String topic;
  private final int maxInput;
  private final int maxOutput;
  private final Set<FieldPath> known;
  private final AtomicBoolean toldOfRefusal = new AtomicBoolean();

  /**
   * @param format of raw and treated records
   * @param scrubber treats a decoded record
   * @param source where subject and time are, and how large a raw record may be
   * @param scrub the treatments
   * @param topic where treated records go
   * @param maxOutput the largest treated record, in bytes
   */
  public RecordScrubber(
      RecordFormat format,
      Scrubber scrubber,
      SourceConfig source,
      ScrubConfig scrub,
      String topic,
      int maxOutput) {
    this.format = format;
    this.scrubber = scrubber;
    this.topic = topic;
    this.maxInput = source.maxBytes();
    this.maxOutput = maxOutput;
    this.known = new HashSet<>(scrub.fields().keySet());
    source.subject().ifPresent(known::add);
    source.time().ifPresent(known::add);
  }

  /**
   * @param value a raw record's value, null for a tombstone
   * @return what became of it
   * @throws io.cloister.common.error.EnvironmentException when the record cannot be treated for now
   * @throws BugException when treating failed in a way that nobody thought of; it tells the class
   *     of the failure and nothing that the record might have put into it
   */
  public Outcome scrub(byte @Nullable [] value) {
    if (value == null) {
      return new Outcome.Failed(FailureKind.TOMBSTONE, Optional.empty());
    }
    if (value.length > maxInput) {
      return new Outcome.Failed(FailureKind.TOO_LARGE, Optional.empty());
    }
    try {
      return treat(value);
    } catch (UntreatableRecordException e) {
      return new Outcome.Failed(e.kind(), e.field().filter(this::isOfConfig));
    } catch (CloisterException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // Neither message nor cause: whatever failed may quote the record.
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "an unknown place" : trace[0].toString();
      throw new BugException(
          "treating a record failed with " + e.getClass().getName() + " at " + where);
    }
  }

  private Outcome treat(byte[] value) throws UntreatableRecordException {
    Decoded decoded = format.decode(value);
    Scrubbed scrubbed = scrubber.scrub(decoded);
    Shape shape = format.derive(decoded.shape(), scrubber.outputFields());
    byte[] encoded = encode(scrubbed, shape);
    return encoded.length > maxOutput
        ? new Outcome.Failed(FailureKind.TOO_LARGE, Optional.empty())
        : new Outcome.Passed(scrubbed.person(), encoded);
  }

  /** The schema goes back to one that came with a record: whoever sends it must stop nothing. */
  private byte[] encode(Scrubbed scrubbed, Shape shape) throws UntreatableRecordException {
    try {
      return format.encode(topic, scrubbed.tree(), shape);
    } catch (InputException e) {
      if (toldOfRefusal.compareAndSet(false, true)) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("Records become dead letters");
      }
      throw new UntreatableRecordException(FailureKind.NO_OUTPUT_SCHEMA);
    }
  }

  /**
   * With unlisted fields passed on, a path might come from an event; only the config's are told.
   */
  private boolean isOfConfig(FieldPath field) {
    return known.contains(field) || known.stream().anyMatch(field::covers);
  }
}
