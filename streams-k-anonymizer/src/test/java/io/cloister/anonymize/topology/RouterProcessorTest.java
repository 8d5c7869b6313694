// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.Configs;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.record.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterProcessorTest {
  private final MockProcessorContext<String, Routed> context;

  RouterProcessorTest(@TempDir Path dir) {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
    var store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(AnonymizeTopology.ROUTES),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private static RouterProcessor processor(String subject) {
    AnonymizePlan plan =
        AnonymizePlan.of(
            Configs.k(3)
                .qi("gender", new HierarchyConfig.Flat())
                .publish("course")
                .shardBy(4, "course")
                .subject(subject)
                .time("at")
                .build(),
            Path.of(""));
    return new RouterProcessor(
        plan,
        new EventReader(plan, new JsonFormat(900_000)),
        new RecordCounts(new SimpleMeterRegistry(), "anonymize"),
        InstantSource.system());
  }

  /** Else a person would be sent to a second region before any engine can object. */
  @Test
  void routesOfOtherRulesAreNotUsed() {
    processor("who").init(context);
    assertThatCode(() -> processor("who").init(context)).doesNotThrowAnyException();

    int scheduled = context.scheduledPunctuators().size();
    assertThatThrownBy(() -> processor("account").init(context))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("source.subject");
    assertThat(context.scheduledPunctuators()).hasSize(scheduled);
  }
}
