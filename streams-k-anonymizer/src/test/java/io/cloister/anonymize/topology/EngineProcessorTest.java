// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.Configs;
import io.cloister.anonymize.engine.Payload;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts: another processor, or the same one again, over the stores that are there. */
class EngineProcessorTest {
  private static final int PARTITION = 2;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final EngineMeters gauge = new EngineMeters(metrics);
  private final MockProcessorContext<OutputKey, byte[]> context;
  private Instant now = Instant.parse("2026-03-02T09:41:17.345Z");
  private EngineProcessor processor;

  EngineProcessorTest(@TempDir Path dir) {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, PARTITION), dir.toFile());
    for (String name :
        List.of(AnonymizeTopology.CELLS, AnonymizeTopology.PEOPLE, AnonymizeTopology.HELD)) {
      var store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }
    processor = processor(3);
    processor.init(context);
  }

  private EngineProcessor processor(int k) {
    return processor(Configs.k(k));
  }

  private EngineProcessor processor(int k, boolean closeness) {
    return closeness
        ? processor(
            Configs.k(k)
                .sensitive(
                    "score",
                    new AnonymizeConfig.Sensitive(
                        1,
                        Optional.empty(),
                        Optional.of(
                            new AnonymizeConfig.TCloseness(
                                new BigDecimal("0.2"),
                                AnonymizeConfig.Distance.ORDERED,
                                List.of())))))
        : processor(k);
  }

  private EngineProcessor processor(Configs config) {
    AnonymizePlan plan =
        AnonymizePlan.of(
            config
                .qi(
                    "born",
                    new HierarchyConfig.Dates(
                        List.of(DateStep.parse("year"), DateStep.parse("10y"))))
                .qi("gender", new HierarchyConfig.Flat())
                .subject("who")
                .time("at")
                .build(),
            Path.of(""));
    JsonFormat format = new JsonFormat(900_000);
    return new EngineProcessor(
        plan,
        new EventReader(plan, format),
        new EventWriter(plan, format, "out"),
        new RecordCounts(metrics, "anonymize"),
        gauge,
        () -> now,
        0);
  }

  private void send(String region, String person, int born) {
    send(region, person, born, 1);
  }

  private void send(String region, String person, int born, int score) {
    String json =
        "{\"born\":\""
            + born
            + "\",\"gender\":\"F\",\"score\":"
            + score
            + ",\"at\":\""
            + now
            + "\"}";
    Payload value = new Payload(json.getBytes(StandardCharsets.UTF_8));
    processor.process(new Record<>(region, new Routed(person, now.toEpochMilli(), value), 0));
  }

  private void restart() {
    processor.close();
    processor = processor(3);
    processor.init(context);
  }

  private void punctuate() {
    List<CapturedPunctuator> punctuators = context.scheduledPunctuators();
    CapturedPunctuator last = punctuators.get(punctuators.size() - 1);
    assertThat(last.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
    assertThat(last.getInterval()).isEqualTo(Duration.ofMillis(10));
    last.getPunctuator().punctuate(now.toEpochMilli());
  }

  private int released() {
    int released = context.forwarded().size();
    context.forwarded().forEach(f -> assertThat(f.record().key().partition()).isEqualTo(PARTITION));
    context.resetForwards();
    return released;
  }

  private double held() {
    return metrics.get("cloister.held").gauge().value();
  }

  @Test
  void whatWaitsSurvivesARestart() {
    send("", "p1", 2003);
    send("", "p2", 2003);
    processor.close();
    assertThat(held()).isZero();
    restart();
    assertThat(held()).isEqualTo(2);

    send("", "p3", 2003);

    assertThat(released()).isEqualTo(3);
    assertThat(held()).isZero();
  }

  @Test
  void openCellsAndClassesSurviveARestart() {
    for (int i = 0; i < 3; i++) {
      send("", "p" + i, 2003);
    }
    assertThat(released()).isEqualTo(3);
    restart();

    send("", "p9", 2003);
    assertThat(released()).isOne();
    // The class of p0 is 2003: no open cell holds it together with 1990.
    send("", "p0", 1990);
    assertThat(released()).isZero();
  }

  @Test
  void taskThatIsRevivedForgetsWhatItsAbortedTransactionDid() {
    send("", "p1", 2003);
    send("", "p2", 2003);
    processor.init(context);
    assertThat(held()).isEqualTo(2);
    send("", "p3", 2003);
    assertThat(released()).isEqualTo(3);
  }

  @Test
  void afterARestartOverdueRecordsAreDecidedWithoutWaitingForInput() {
    for (int i = 0; i < 3; i++) {
      send("", "p" + i, 2003 + i);
    }
    now = now.plusSeconds(60);
    restart();
    punctuate();
    assertThat(released()).isEqualTo(3);
  }

  @Test
  void regionsOfOnePartitionKnowNothingOfEachOther() {
    send("a", "p1", 2003);
    send("a", "p2", 2003);
    send("b", "p3", 2003);
    restart();
    send("b", "p4", 2003);
    assertThat(released()).isZero();
    send("a", "p5", 2003);
    assertThat(released()).isEqualTo(3);
    assertThat(held()).isEqualTo(2);
  }

  @Test
  void whoHasMovedStaysAwayAcrossARestart() {
    forgetRules();
    restartSharded();
    Instant first = now;
    send("a", "p1", 2003);
    now = now.plusSeconds(1);
    punctuate();
    assertThat(moved()).containsExactly(first.toEpochMilli());
    assertThat(held()).isZero();

    restartSharded();
    send("a", "p1", 2003);
    send("a", "p2", 2003);

    assertThat(moved()).containsExactly(now.toEpochMilli());
    assertThat(held()).isOne();
  }

  @Test
  void nothingIsKeptOfThoseWhoMovedInAnEpochThatIsClosed() {
    forgetRules();
    restartSharded();
    send("a", "p1", 2003);
    now = now.plusSeconds(1);
    punctuate();
    assertThat(entries(AnonymizeTopology.PEOPLE)).isOne();
    now = now.plus(Duration.ofDays(3));
    send("b", "p9", 2003);
    punctuate();
    assertThat(entries(AnonymizeTopology.PEOPLE)).isZero();
  }

  private void restartSharded() {
    processor.close();
    processor = processor(Configs.k(3).publish("course").shardBy(4, "course"));
    processor.init(context);
  }

  private void forgetRules() {
    KeyValueStore<Bytes, byte[]> cells = context.getStateStore(AnonymizeTopology.CELLS);
    cells.delete(StoredRules.KEY);
  }

  /** When each that moved had reached the router: its deadline does not move. */
  private List<Long> moved() {
    List<Long> routedAt = new ArrayList<>();
    for (var forward : context.forwarded()) {
      assertThat(forward.childName()).contains(AnonymizeTopology.MOVED);
      assertThat(forward.record().key().text()).isEqualTo(AnonymizeTopology.SECOND_CHANCE);
      routedAt.add(Routed.fromBytes(forward.record().value()).routedAt());
    }
    context.resetForwards();
    return routedAt;
  }

  @Test
  void nothingStaysInTheStoresOfAnEpochThatIsClosed() {
    for (int i = 0; i < 3; i++) {
      send("", "p" + i, 2003);
    }
    now = now.plus(Duration.ofDays(3));
    send("", "p9", 2003);
    now = now.plusSeconds(2);
    punctuate();
    now = now.plus(Duration.ofDays(3));
    send("", "p9", 2003);
    punctuate();
    assertThat(entries(AnonymizeTopology.PEOPLE)).isZero();
    // The rules, and how far epochs are closed.
    assertThat(entries(AnonymizeTopology.CELLS)).isEqualTo(2);
    assertThat(entries(AnonymizeTopology.HELD)).isOne();
  }

  @Test
  void eventOfOneRegionClosesTheEpochsOfAllAndEmptyRegionsLeaveNothing() {
    for (int i = 0; i < 3; i++) {
      send("a", "p" + i, 2003);
    }
    now = now.plus(Duration.ofDays(3));
    send("b", "p9", 2003);
    punctuate();
    assertThat(entries(AnonymizeTopology.PEOPLE)).isZero();
    // The rules, and how far epochs are closed, once.
    assertThat(entries(AnonymizeTopology.CELLS)).isEqualTo(2);
    restart();
    Instant seen = now;
    now = now.minus(Duration.ofDays(3));
    send("a", "p5", 2003);
    now = seen;
    assertThat(held()).isOne();
    assertThat(new RecordCounts(metrics, "anonymize").total(RecordCounts.Outcome.LATE)).isOne();
  }

  private void clear(String name) {
    org.apache.kafka.streams.state.KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]>
        store = context.getStateStore(name);
    store.delete(StoredRules.KEY);
  }

  private int entries(String name) {
    org.apache.kafka.streams.state.KeyValueStore<Object, Object> store =
        context.getStateStore(name);
    int entries = 0;
    try (var all = store.all()) {
      while (all.hasNext()) {
        all.next();
        entries++;
      }
    }
    return entries;
  }

  /** Reference and cells are both as they were: whoever would have been refused is. */
  @Test
  void whatConditionsRestOnSurvivesARestartAndLeavesNothingBehind() {
    processor = processor(3, true);
    clear(AnonymizeTopology.CELLS);
    processor.init(context);
    for (int i = 0; i < 6; i++) {
      send("", "p" + i, 2003, i % 3);
    }
    assertThat(released()).isEqualTo(6);
    processor.close();
    processor = processor(3, true);
    processor.init(context);

    send("", "p6", 2003, 0);
    assertThat(released()).isOne();
    send("", "p7", 2003, 0);
    send("", "p8", 2003, 0);
    send("", "p9", 2003, 5);
    assertThat(entries(AnonymizeTopology.CELLS)).isEqualTo(1 + 1 + 1 + 10);

    now = now.plus(Duration.ofDays(3));
    send("", "p9", 2003);
    now = now.plusSeconds(2);
    punctuate();
    punctuate();
    // The rules, how far epochs are closed, and the value of who came last.
    assertThat(entries(AnonymizeTopology.CELLS)).isEqualTo(3);
  }

  @Test
  void stateOfOtherConditionsIsNotUsed() {
    EngineProcessor other = processor(3, true);
    assertThatThrownBy(() -> other.init(context))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sensitive");
  }

  @Test
  void stateOfOtherRulesIsNotUsed() {
    EngineProcessor other = processor(2);
    assertThatThrownBy(() -> other.init(context))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("k");
  }

  @Test
  void recordThatLayForLongOnItsWayGetsTheDelayAnew() {
    String json = "{\"born\":\"2003\",\"gender\":\"F\",\"at\":\"" + now + "\"}";
    Payload value = new Payload(json.getBytes(StandardCharsets.UTF_8));
    long routedAt = now.minusSeconds(30).toEpochMilli();
    processor.process(new Record<>("", new Routed("p1", routedAt, value), 0));
    punctuate();
    assertThat(held()).isOne();
    now = now.plusSeconds(2);
    punctuate();
    assertThat(held()).isZero();
  }
}
