// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.Configs;
import io.cloister.anonymize.engine.Payload;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What binds the classes of an epoch to those before outlives epochs and programs. */
class NestedEpochsStateTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Path dir;
  private Instant now = Instant.parse("2026-03-02T09:41:17.345Z");

  NestedEpochsStateTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private static Configs config() {
    return Configs.k(3)
        .qi(
            "born",
            new HierarchyConfig.Dates(List.of(DateStep.parse("year"), DateStep.parse("10y"))))
        .subject("who")
        .time("at");
  }

  private <K, V> MockProcessorContext<K, V> context(String... stores) {
    MockProcessorContext<K, V> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
    for (String name : stores) {
      var store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }
    return context;
  }

  private EngineProcessor engine(Configs config) {
    AnonymizePlan plan = AnonymizePlan.of(config.build(), Path.of(""));
    JsonFormat format = new JsonFormat(900_000);
    return new EngineProcessor(
        plan,
        new EventReader(plan, format),
        new EventWriter(plan, format, "out"),
        new RecordCounts(metrics, "anonymize"),
        new EngineMeters(metrics),
        () -> now,
        0);
  }

  private void send(EngineProcessor processor, String person, int born) {
    String json = "{\"born\":\"" + born + "\",\"at\":\"" + now + "\"}";
    Payload value = new Payload(json.getBytes(StandardCharsets.UTF_8));
    processor.process(new Record<>("", new Routed(person, now.toEpochMilli(), value), 0));
  }

  private static List<String> released(MockProcessorContext<?, byte[]> context) {
    List<String> released =
        context.forwarded().stream()
            .map(forward -> new String(forward.record().value(), StandardCharsets.UTF_8))
            .toList();
    context.resetForwards();
    return released;
  }

  @Test
  void classOfAClosedEpochBindsTheNextAfterARestart() {
    MockProcessorContext<OutputKey, byte[]> context =
        context(
            AnonymizeTopology.CELLS,
            AnonymizeTopology.PEOPLE,
            AnonymizeTopology.HELD,
            AnonymizeTopology.EARLIER);
    EngineProcessor before = engine(config().nested());
    before.init(context);
    for (int i = 0; i < 3; i++) {
      send(before, "p" + i, 2003 + i);
    }
    now = now.plus(Duration.ofDays(9));
    send(before, "q0", 1950);
    assertThat(released(context)).hasSize(3).allMatch(json -> json.contains("2000-2009"));
    now = now.plus(Duration.ofDays(9));
    send(before, "q0", 1950);
    KeyValueStore<Bytes, byte[]> people = context.getStateStore(AnonymizeTopology.PEOPLE);
    assertThat(people.approximateNumEntries()).isZero();

    before.close();
    EngineProcessor after = engine(config().nested());
    after.init(context);
    // Without what they were, the three would open 2003.
    for (int i = 0; i < 3; i++) {
      send(after, "p" + i, 2003);
    }

    assertThat(released(context)).hasSize(3).allMatch(json -> json.contains("2000-2009"));
  }

  /** State of independent epochs does not know what people were before. */
  @Test
  void stateOfIndependentEpochsIsNotUsed() {
    MockProcessorContext<OutputKey, byte[]> context =
        context(
            AnonymizeTopology.CELLS,
            AnonymizeTopology.PEOPLE,
            AnonymizeTopology.HELD,
            AnonymizeTopology.EARLIER);
    engine(config()).init(context);
    EngineProcessor nested = engine(config().nested());
    assertThatThrownBy(() -> nested.init(context))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("epochs");
  }

  /** The region tells itself by the partition: another one would cross the classes before. */
  @Test
  void personsRegionIsFixedForGood() {
    assertThat(regions(config().publish("course").shardBy(4, "course").nested()))
        .containsExactly("4:math", "4:math");
    assertThat(regions(config().publish("course").shardBy(4, "course"))).doesNotHaveDuplicates();
  }

  private List<String> regions(Configs config) {
    AnonymizePlan plan = AnonymizePlan.of(config.build(), Path.of(""));
    MockProcessorContext<String, Routed> context = context(AnonymizeTopology.ROUTES);
    RouterProcessor router =
        new RouterProcessor(
            plan,
            new EventReader(plan, new JsonFormat(900_000)),
            new RecordCounts(metrics, "anonymize"),
            () -> now);
    router.init(context);
    for (String course : List.of("math", "arts")) {
      String json = "{\"born\":\"2003\",\"course\":\"" + course + "\",\"at\":\"" + now + "\"}";
      router.process(
          new Record<>(
              "p1".getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8), 0));
      now = now.plus(Duration.ofDays(9));
      context
          .scheduledPunctuators()
          .forEach(punctuator -> punctuator.getPunctuator().punctuate(now.toEpochMilli()));
    }
    return context.forwarded().stream().<String>map(forward -> forward.record().key()).toList();
  }

  @Test
  void lastClassIsKeptInAFormThatIsPinned() {
    List<List<String>> last = List.of(List.of("a", "*"), List.of("*"));
    byte[] value = StateCodec.earlier(last);
    assertThat(java.util.HexFormat.of().formatHex(StateCodec.earlierKey("r", "p")))
        .isEqualTo("00000001720000000170");
    assertThat(java.util.HexFormat.of().formatHex(value))
        .isEqualTo("0100000002000000020000000161000000012a00000001000000012a");
    assertThat(StateCodec.earlier(value)).isEqualTo(last);
  }
}
