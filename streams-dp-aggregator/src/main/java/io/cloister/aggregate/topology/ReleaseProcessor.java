// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.ledger.LedgerHistory;
import io.cloister.aggregate.ledger.LedgerJson;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.release.Published;
import io.cloister.aggregate.release.Releaser;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.Keyset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Binds the releaser to its one task. */
final class ReleaseProcessor implements Processor<byte[], WindowPartial, byte[], Outgoing> {
  /** How many windows are decided in one call; the rest follows with the next ticks. */
  static final int WINDOWS_PER_CALL = 100;

  private final AggregatePlan plan;
  private final String deployment;
  private final Keyset keyset;
  private final LedgerHistory history;
  private final int partitions;
  private final TopicNames topics;
  private final Answering answering;
  private final UnfinishedGauge unfinished;
  private Optional<Task> task = Optional.empty();

  /** What {@code init} builds anew, also for a task that Kafka Streams revives. */
  private record Task(
      ProcessorContext<byte[], Outgoing> context, Releaser releaser, Cancellable ticks) {}

  ReleaseProcessor(
      AggregatePlan plan,
      String deployment,
      Keyset keyset,
      LedgerHistory history,
      int partitions,
      TopicNames topics,
      Answering answering,
      UnfinishedGauge unfinished) {
    this.plan = plan;
    this.deployment = deployment;
    this.keyset = keyset;
    this.history = history;
    this.partitions = partitions;
    this.topics = topics;
    this.answering = answering;
    this.unfinished = unfinished;
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> context) {
    close();
    Ledger ledger =
        new Ledger(
            plan.config(), BoundingProcessor.keyValues(context, AggregateTopology.LEDGER), history);
    Releaser releaser =
        new Releaser(
            plan,
            deployment,
            keyset,
            ledger,
            BoundingProcessor.keyValues(context, AggregateTopology.PARTIALS),
            partitions);
    task =
        Optional.of(
            new Task(
                context,
                releaser,
                context.schedule(
                    BoundingProcessor.TICK,
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> release(running(), now))));
  }

  @Override
  public void process(Record<byte[], WindowPartial> partial) {
    Task now = running();
    now.releaser().receive(partial.value());
    release(now, partial.timestamp());
  }

  private void release(Task now, long timestamp) {
    boolean more =
        now.releaser()
            .release(
                WINDOWS_PER_CALL,
                published -> now.context().forward(outgoing(published, timestamp)));
    unfinished.tell(this, more);
  }

  private Record<byte[], Outgoing> outgoing(Published published, long timestamp) {
    if (published instanceof Published.Answer answer) {
      String topic = topics.aggregates(answer.consumer());
      return new Record<>(
          bytes(answer.query()),
          new Outgoing(topic, answering.encode(topic, answer.content())),
          timestamp);
    } else if (published instanceof Published.Entry entry) {
      return new Record<>(
          bytes(entry.entry().release()),
          new Outgoing(topics.ledger(), LedgerJson.toBytes(entry.entry())),
          timestamp);
    }
    throw new BugException("an answer or a ledger entry, nothing else");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
