// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.SecondChance;
import io.cloister.common.error.BugException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.CanonicalText;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Scalars;
import io.cloister.common.record.UntreatableRecordException;
import java.util.ArrayList;
import java.util.List;

/** Reads out of scrubbed records what the stage has to know. */
final class EventReader {
  private final AnonymizePlan plan;
  private final RecordFormat format;
  private final FieldPath time;

  EventReader(AnonymizePlan plan, RecordFormat format) {
    this.plan = plan;
    this.format = format;
    this.time =
        plan.time()
            .orElseThrow(
                () ->
                    new io.cloister.common.error.InputException(
                        "source.time: is needed to anonymize a stream"));
  }

  /** Without cause: the decoder's message may quote what it read. */
  Decoded decode(byte[] value) {
    try {
      return format.decode(value);
    } catch (UntreatableRecordException e) {
      throw new BugException("a scrubbed record cannot be decoded: " + e.kind());
    }
  }

  /** Event time, milliseconds since 1970. */
  long time(ObjectNode record) {
    return time.find(record)
        .flatMap(Scalars::instant)
        .orElseThrow(() -> new BugException("a scrubbed record has no readable event time"))
        .toEpochMilli();
  }

  /** The record's region: the values of the shard fields, each with its length. */
  String region(ObjectNode record) {
    StringBuilder region = new StringBuilder();
    for (FieldPath field : plan.config().shardBy()) {
      String value = text(record, field);
      region.append(value.length()).append(':').append(value);
    }
    return region.toString();
  }

  /**
   * @param again whether the event comes for its second chance
   */
  Event event(Routed routed, ObjectNode record, long now, boolean again) {
    long at = time(record);
    List<List<String>> chains = new ArrayList<>();
    for (int q = 0; q < plan.quasiIdentifiers().size(); q++) {
      String value = text(record, plan.quasiIdentifiers().get(q));
      chains.add(plan.settings().hierarchies().get(q).chain(value));
    }
    List<String> sensitive = plan.diverse().stream().map(field -> value(record, field)).toList();
    return new Event(
        routed.person(),
        plan.epochs().of(at),
        plan.epochs().oldestOpen(at),
        chains,
        sensitive,
        routed.value(),
        now,
        deadline(routed.routedAt(), now, again));
  }

  /** The event on its way to the region of the second chance, where it keeps its deadline. */
  Routed routed(Event event) {
    return new Routed(event.person(), event.deadline() - delay(), event.payload());
  }

  /**
   * Counted from the router, so that the way between does not lengthen the delay; what lay there
   * for longer, because nobody ran the region, gets the delay that is meant for it there anew
   * rather than be suppressed.
   */
  private long deadline(long routedAt, long now, boolean again) {
    long deadline = Math.min(routedAt, now) + delay();
    long anew = again ? SecondChance.reserveOf(delay()) : delay();
    return deadline > now ? deadline : now + anew;
  }

  private long delay() {
    return plan.config().maxDelay().toMillis();
  }

  /** One text for numbers that are equal, so that they count once. */
  private static String value(ObjectNode record, FieldPath field) {
    return field.find(record).flatMap(CanonicalText::byNumber).orElse("");
  }

  private static String text(ObjectNode record, FieldPath field) {
    return field.find(record).flatMap(Scalars::text).orElse("");
  }
}
