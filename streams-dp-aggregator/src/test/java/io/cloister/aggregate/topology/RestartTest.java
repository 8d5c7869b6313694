// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bounding tasks and the releaser, over stores that outlive them. */
class RestartTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private static final String EXACT =
      """
      aggregate:
        budget: { epsilon: 1500, period: P30D }
        consumers: { dean: { epsilon: 1500 } }
        queries:
          active:
            measure: { count-people: {} }
            window: { tumbling: PT1M }
            groups: {}
            consumers: { dean: { epsilon: 1000 } }
      """;

  private final TopologyConfig config = Pipelines.config(2, EXACT);
  private final AggregatePlan plan = AggregatePlan.of(config, Path.of("."));
  private final RecordCounts counts = new RecordCounts(new SimpleMeterRegistry(), "aggregate");
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final UnfinishedGauge unfinished = new UnfinishedGauge(metrics);
  private final MockProcessorContext<byte[], WindowPartial> bounding0;
  private final MockProcessorContext<byte[], WindowPartial> bounding1;
  private final MockProcessorContext<byte[], Outgoing> releasing;
  private final List<String> dean = new ArrayList<>();

  RestartTest(@TempDir File state) {
    bounding0 = context(0, state, "contributions", "sums", "progress");
    bounding1 = context(1, state, "contributions", "sums", "progress");
    releasing = context(0, state, "partials", "ledger");
  }

  @Test
  void aNewTaskGoesOnWhereTheLastOneStopped() {
    process(bounding(bounding0), "ann", 5, 0);
    process(bounding(bounding0), "ann", 6, 1);
    process(bounding(bounding0), "bob", 7, 1);
    process(bounding(bounding0), "cyd", 8, 2);
    process(bounding(bounding1), "dan", 9, 0);

    process(bounding(bounding0), "ann", 61, 3);
    process(bounding(bounding1), "dan", 62, 1);

    assertThat(sums(bounding0)).containsExactly(Map.of(0, BigInteger.TWO));
    assertThat(sums(bounding1)).containsExactly(Map.of(0, BigInteger.ONE));
    assertThat(counts.total(Outcome.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void aRevivedTaskForgetsWhatItsTransactionDidNotCommit() {
    BoundingProcessor task = bounding(bounding0);
    process(task, "ann", 5, 0);
    // What the aborted transaction wrote is gone from the stores, and so must be from the heap.
    for (String name : List.of("contributions", "sums", "progress")) {
      KeyValueStore<Bytes, byte[]> store = bounding0.getStateStore("aggregate-" + name);
      deleteAll(store);
    }
    task.init(bounding0);
    process(task, "ann", 5, 0);
    process(task, "bob", 61, 1);

    assertThat(sums(bounding0)).containsExactly(Map.of(0, BigInteger.ONE));
    assertThat(counts.total(Outcome.DUPLICATE)).isZero();
  }

  @Test
  void windowsThatAreLeftForLaterCallsShowUntilTheyAreSent() {
    BoundingProcessor task = bounding(bounding0);
    process(task, "ann", 5, 0);
    process(task, "bob", 60 * (BoundingProcessor.WINDOWS_PER_CALL + 50), 1);

    assertThat(sums(bounding0)).hasSize(BoundingProcessor.WINDOWS_PER_CALL);
    assertThat(metrics.get("cloister.windows.unfinished").gauge().value()).isEqualTo(1);

    bounding0.scheduledPunctuators().get(0).getPunctuator().punctuate(0);

    assertThat(sums(bounding0)).hasSize(BoundingProcessor.WINDOWS_PER_CALL + 50);
    assertThat(metrics.get("cloister.windows.unfinished").gauge().value()).isZero();
  }

  @Test
  void theReleaserRemembersSumsThatWaitAndWhatWasSpent() {
    release(partial(0, 0, 3));
    assertThat(dean).isEmpty();
    release(partial(1, 0, 4));
    release(partial(0, 1, 5));
    release(partial(1, 1, 6));
    release(partial(0, 1, 7));

    assertThat(dean).hasSize(3);
    assertThat(dean.get(0)).contains("\"value\":7,");
    assertThat(dean.get(1)).contains("\"charged\":1000,\"remaining\":500");
    assertThat(dean.get(2)).contains("\"refused\":true,\"requested\":1000,\"remaining\":500");
  }

  /** Every call has a processor of its own: nothing but the stores connects them. */
  private void release(WindowPartial partial) {
    ReleaseProcessor processor =
        new ReleaseProcessor(
            plan,
            "test",
            Pipelines.keyset("k"),
            List::of,
            2,
            new TopicNames("campus"),
            (topic, answer) -> ExactJson.bytes(answer),
            unfinished);
    processor.init(releasing);
    processor.process(new Record<>(new byte[0], partial, 0));
    processor.close();
    releasing.forwarded().stream()
        .map(forward -> forward.record().value())
        .filter(outgoing -> outgoing.topic().equals("campus.aggregates.dean"))
        .forEach(outgoing -> dean.add(new String(outgoing.value(), StandardCharsets.UTF_8)));
    releasing.resetForwards();
  }

  private WindowPartial partial(int partition, long minute, long people) {
    long window = START.getEpochSecond() / 60 + minute;
    return new WindowPartial(
        plan.queries().get(0).digest(), partition, window, Map.of(0, BigInteger.valueOf(people)));
  }

  private BoundingProcessor bounding(MockProcessorContext<byte[], WindowPartial> context) {
    BoundingProcessor processor =
        new BoundingProcessor(plan, new JsonFormat(10_000), counts, unfinished, () -> START);
    processor.init(context);
    return processor;
  }

  private void process(BoundingProcessor processor, String person, long second, long offset) {
    Instant time = START.plusSeconds(second);
    RecordHeaders headers = new RecordHeaders();
    new SourcePosition("raw", 0, offset).writeTo(headers);
    processor.process(
        new Record<>(
            person.getBytes(StandardCharsets.UTF_8),
            ("{\"time\": \"" + time + "\"}").getBytes(StandardCharsets.UTF_8),
            time.toEpochMilli(),
            headers));
  }

  private static void deleteAll(KeyValueStore<Bytes, byte[]> store) {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> store.delete(entry.key));
    }
  }

  private static List<Map<Integer, BigInteger>> sums(
      MockProcessorContext<byte[], WindowPartial> context) {
    return context.forwarded().stream().map(forward -> forward.record().value().sums()).toList();
  }

  private static <T> MockProcessorContext<byte[], T> context(
      int partition, File state, String... stores) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    MockProcessorContext<byte[], T> context =
        new MockProcessorContext<>(properties, new TaskId(0, partition), state);
    for (String name : stores) {
      KeyValueStore<Bytes, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore("aggregate-" + name),
                  Serdes.Bytes(),
                  Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
    }
    return context;
  }
}
