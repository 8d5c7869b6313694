// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.engine.Payload;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Drops what has been seen and what is late, and sends each event to its person's region: that of
 * the person's first event in the epoch, or, with nested epochs, of all. It forgets a person's
 * region once the epoch is closed, and lets no event of a closed epoch pass, so that nobody is ever
 * in two regions of one epoch.
 */
final class RouterProcessor extends ContextualProcessor<byte[], byte[], String, Routed> {
  private static final int POSITION = 0;
  private static final int CLOSED = 1;
  private static final int REGION = 2;
  private static final Duration FORGET_EVERY = Duration.ofMillis(100);
  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final AnonymizePlan plan;
  private final EventReader reader;
  private final RecordCounts counts;
  private final InstantSource clock;
  private final boolean sharded;
  private CommitPace pace = new CommitPace();
  private final Map<TopicPartition, Seen> seen = new HashMap<>();
  private long oldestOpen;

  RouterProcessor(
      AnonymizePlan plan, EventReader reader, RecordCounts counts, InstantSource clock) {
    this.plan = plan;
    this.reader = reader;
    this.counts = counts;
    this.clock = clock;
    this.sharded = !plan.config().shardBy().isEmpty();
  }

  @Override
  public void init(ProcessorContext<String, Routed> context) {
    super.init(context);
    pace = new CommitPace();
    seen.clear();
    StoredRules.check(store(), plan.rules());
    byte[] closed = store().get(closedKey());
    oldestOpen = closed == null ? Long.MIN_VALUE : new BytesReader(closed).ordered();
    if (sharded) {
      context.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> forgetClosed());
    }
    context.schedule(CommitPace.TICK, PunctuationType.WALL_CLOCK_TIME, this::commitIfDue);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    pace.moved();
    counts.count(Outcome.IN);
    if (record.key() == null || record.value() == null) {
      throw new BugException("a scrubbed record has no key or no value");
    }
    if (isSeen(record)) {
      counts.count(Outcome.DUPLICATE);
      return;
    }
    String person = new String(record.key(), StandardCharsets.UTF_8);
    if (sharded) {
      ObjectNode tree = reader.decode(record.value()).tree();
      long at = reader.time(tree);
      advance(plan.epochs().oldestOpen(at));
      long epoch = plan.epochs().of(at);
      if (epoch < oldestOpen) {
        counts.count(Outcome.LATE);
        return;
      }
      forward(record, person, region(person, epoch, tree));
    } else {
      // Where there is one region, its engine alone tells what is late.
      forward(record, person, "");
    }
  }

  private void forward(Record<byte[], byte[]> record, String person, String region) {
    Routed routed = new Routed(person, clock.millis(), new Payload(record.value()));
    context().forward(new Record<>(region, routed, record.timestamp()));
  }

  private boolean isSeen(Record<byte[], byte[]> record) {
    return SourcePosition.from(record.headers()).filter(this::isSeen).isPresent();
  }

  /** Within one partition the positions of a source partition rise, but for what comes again. */
  private boolean isSeen(SourcePosition position) {
    TopicPartition source = new TopicPartition(position.topic(), position.partition());
    Seen seen = this.seen.computeIfAbsent(source, this::stored);
    if (position.offset() <= seen.highest) {
      return true;
    }
    seen.highest = position.offset();
    store().put(seen.key, new BytesWriter().ordered(position.offset()).toByteArray());
    return false;
  }

  private Seen stored(TopicPartition source) {
    Bytes key =
        key(new BytesWriter().octet(POSITION).number(source.partition()).text(source.topic()));
    byte[] highest = store().get(key);
    return new Seen(key, highest == null ? -1 : new BytesReader(highest).ordered());
  }

  /** How far a partition of a raw topic has been seen, mirrored in the store. */
  private static final class Seen {
    private final Bytes key;
    private long highest;

    Seen(Bytes key, long highest) {
      this.key = key;
      this.highest = highest;
    }
  }

  private void advance(long open) {
    if (open > oldestOpen) {
      oldestOpen = open;
      store().put(closedKey(), new BytesWriter().ordered(open).toByteArray());
    }
  }

  private String region(String person, long epoch, ObjectNode tree) {
    Bytes key = key(new BytesWriter().octet(REGION).ordered(plan.regionEpoch(epoch)).text(person));
    byte[] known = store().get(key);
    if (known != null) {
      return new String(known, StandardCharsets.UTF_8);
    }
    String region = reader.region(tree);
    store().put(key, region.getBytes(StandardCharsets.UTF_8));
    return region;
  }

  private void commitIfDue(long now) {
    if (pace.isDue(now)) {
      context().commit();
    }
  }

  private void forgetClosed() {
    List<Bytes> closed = new ArrayList<>();
    Bytes from = key(new BytesWriter().octet(REGION).ordered(Long.MIN_VALUE));
    Bytes to = key(new BytesWriter().octet(REGION).ordered(oldestOpen));
    if (oldestOpen > Long.MIN_VALUE) {
      try (var regions = store().range(from, to)) {
        while (regions.hasNext() && closed.size() < FORGOTTEN_AT_ONCE) {
          closed.add(regions.next().key);
        }
      }
    }
    closed.forEach(store()::delete);
  }

  private static Bytes closedKey() {
    return key(new BytesWriter().octet(CLOSED));
  }

  private static Bytes key(BytesWriter bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return context().getStateStore(AnonymizeTopology.ROUTES);
  }
}
