// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.anonymize.engine.EarlierClasses;
import io.cloister.anonymize.engine.EngineState;
import io.cloister.anonymize.engine.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of one task, which hold the state of the engines of its regions. */
final class EngineStores {
  private final KeyValueStore<Bytes, byte[]> cells;
  private final KeyValueStore<Bytes, byte[]> people;
  private final KeyValueStore<Bytes, byte[]> held;
  private final Optional<KeyValueStore<Bytes, byte[]>> earlier;

  EngineStores(
      KeyValueStore<Bytes, byte[]> cells,
      KeyValueStore<Bytes, byte[]> people,
      KeyValueStore<Bytes, byte[]> held,
      Optional<KeyValueStore<Bytes, byte[]>> earlier) {
    this.cells = cells;
    this.people = people;
    this.held = held;
    this.earlier = earlier;
  }

  /** Refuses state that was made under other rules. */
  void checkRules(String rules) {
    StoredRules.check(cells, rules);
  }

  /** Everything that is stored, by region. */
  Map<String, List<EngineState>> read() {
    Map<String, List<EngineState>> byRegion = new TreeMap<>();
    read(cells, StateCodec::cell, byRegion);
    read(people, StateCodec::person, byRegion);
    read(held, StateCodec::held, byRegion);
    return byRegion;
  }

  private static void read(
      KeyValueStore<Bytes, byte[]> store,
      BiFunction<byte[], byte[], EngineState> codec,
      Map<String, List<EngineState>> byRegion) {
    try (var entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        if (!entry.key.equals(StoredRules.KEY)) {
          byRegion
              .computeIfAbsent(StateCodec.region(entry.key.get()), region -> new ArrayList<>())
              .add(codec.apply(entry.key.get(), entry.value));
        }
      }
    }
  }

  Journal journal(String region) {
    return new Journal() {
      @Override
      public void put(EngineState state) {
        store(state).put(key(state), StateCodec.value(state));
      }

      @Override
      public void remove(EngineState state) {
        store(state).delete(key(state));
      }

      private Bytes key(EngineState state) {
        return Bytes.wrap(StateCodec.key(region, state));
      }
    };
  }

  /** Never read as a whole: it has everybody who ever had a class. */
  EarlierClasses earlier(String region) {
    return earlier.map(store -> earlier(store, region)).orElseGet(EarlierClasses::none);
  }

  private static EarlierClasses earlier(KeyValueStore<Bytes, byte[]> store, String region) {
    return new EarlierClasses() {
      @Override
      public Optional<List<List<String>>> of(String person) {
        return Optional.ofNullable(store.get(key(person))).map(StateCodec::earlier);
      }

      @Override
      public void put(String person, List<List<String>> lineages) {
        store.put(key(person), StateCodec.earlier(lineages));
      }

      private Bytes key(String person) {
        return Bytes.wrap(StateCodec.earlierKey(region, person));
      }
    };
  }

  private KeyValueStore<Bytes, byte[]> store(EngineState state) {
    if (state instanceof EngineState.Settled || state instanceof EngineState.Moved) {
      return people;
    }
    return state instanceof EngineState.Held ? held : cells;
  }
}
