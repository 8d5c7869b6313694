// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.cloister.aggregate.state.KeyValues;
import io.cloister.aggregate.state.KeyValuesTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class StreamsKeyValuesTest extends KeyValuesTest {
  private final Path state;

  private final List<TopologyTestDriver> drivers = new ArrayList<>();

  StreamsKeyValuesTest(@TempDir Path state) {
    this.state = state;
  }

  @AfterEach
  void close() {
    drivers.forEach(TopologyTestDriver::close);
  }

  @Override
  protected KeyValues empty() {
    Topology topology =
        new Topology()
            .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
            .addProcessor("nothing", Nothing::new, "in")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("store"), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingEnabled(),
                "nothing");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    TopologyTestDriver driver = new TopologyTestDriver(topology, properties);
    drivers.add(driver);
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore("store");
    return new StreamsKeyValues(store);
  }

  private static final class Nothing extends ContextualProcessor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> unused) {}
  }
}
