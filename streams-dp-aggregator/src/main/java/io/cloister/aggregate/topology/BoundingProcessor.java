// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.bounding.BoundingEngine;
import io.cloister.aggregate.bounding.BoundingState;
import io.cloister.aggregate.bounding.SeenPositions;
import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.state.KeyValues;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.UntreatableRecordException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Binds one partition's bounding engine to its task. */
final class BoundingProcessor implements Processor<byte[], byte[], byte[], WindowPartial> {
  /** How many windows are sent in one call; the rest follows with the next ticks. */
  static final int WINDOWS_PER_CALL = 100;

  static final Duration TICK = Duration.ofSeconds(1);

  /**
   * Only so many ticks after an instant, none with a record, does the wall clock move to that
   * instant by itself: what the broker took before it has been delivered by then. Ticks are counted
   * and not seconds, since a task that stands still, or a broker that does, must not find a backlog
   * late: after it come as many ticks again, each after a poll.
   */
  static final int IDLE_TICKS = 5;

  private static final byte[] NOBODY = {};

  private final AggregatePlan plan;
  private final RecordFormat format;
  private final RecordCounts counts;
  private final UnfinishedGauge unfinished;
  private final InstantSource clock;
  private Optional<Task> task = Optional.empty();

  /** What {@code init} builds anew, also for a task that Kafka Streams revives. */
  private record Task(
      ProcessorContext<byte[], WindowPartial> context,
      BoundingEngine engine,
      SeenPositions seen,
      Cancellable ticks) {}

  /** When the last ticks were, since the last record; oldest first, at most IDLE_TICKS. */
  private final Deque<Long> idleSince = new ArrayDeque<>();

  BoundingProcessor(
      AggregatePlan plan,
      RecordFormat format,
      RecordCounts counts,
      UnfinishedGauge unfinished,
      InstantSource clock) {
    this.plan = plan;
    this.format = format;
    this.counts = counts;
    this.unfinished = unfinished;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<byte[], WindowPartial> context) {
    close();
    idleSince.clear();
    BoundingState state =
        new BoundingState(
            keyValues(context, AggregateTopology.CONTRIBUTIONS),
            keyValues(context, AggregateTopology.SUMS),
            keyValues(context, AggregateTopology.PROGRESS));
    BoundingEngine engine = new BoundingEngine(plan, context.taskId().partition(), state, counts);
    engine.begin(clock.millis());
    task =
        Optional.of(
            new Task(
                context,
                engine,
                new SeenPositions(state.progress()),
                context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, unused -> tick())));
  }

  static KeyValues keyValues(ProcessorContext<?, ?> context, String store) {
    KeyValueStore<Bytes, byte[]> found = context.getStateStore(store);
    return new StreamsKeyValues(found);
  }

  @Override
  public void process(Record<byte[], byte[]> scrubbed) {
    Task now = running();
    idleSince.clear();
    counts.count(Outcome.IN);
    Optional<SourcePosition> position = SourcePosition.from(scrubbed.headers());
    boolean fresh =
        position
            .map(at -> now.seen().firstSight(at.topic(), at.partition(), at.offset()))
            .orElse(true);
    if (fresh) {
      count(now.engine(), scrubbed);
    } else {
      counts.count(Outcome.DUPLICATE);
    }
    send(now);
  }

  private void count(BoundingEngine engine, Record<byte[], byte[]> scrubbed) {
    if (scrubbed.value() == null) {
      counts.count(Outcome.UNUSABLE);
      return;
    }
    byte[] person = scrubbed.key() == null ? NOBODY : scrubbed.key();
    try {
      engine.accept(
          person, format.decode(scrubbed.value()).tree(), OptionalLong.of(scrubbed.timestamp()));
    } catch (UntreatableRecordException e) {
      counts.count(Outcome.UNUSABLE);
    }
  }

  private void tick() {
    Task now = running();
    if (idleSince.size() >= IDLE_TICKS) {
      now.engine().idle(idleSince.removeFirst());
    }
    idleSince.addLast(clock.millis());
    send(now);
  }

  private void send(Task now) {
    boolean more =
        now.engine()
            .send(
                WINDOWS_PER_CALL,
                partial ->
                    now.context()
                        .forward(new Record<>(partial.query().bytes(), partial, clock.millis())));
    unfinished.tell(this, more);
  }

  private Task running() {
    return task.orElseThrow(() -> new BugException("a processor works after init alone"));
  }

  @Override
  public void close() {
    unfinished.tell(this, false);
    task.ifPresent(closing -> closing.ticks().cancel());
    task = Optional.empty();
  }
}
