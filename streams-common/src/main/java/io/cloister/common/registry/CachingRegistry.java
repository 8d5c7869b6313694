// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import io.cloister.common.error.InputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers a registry's answers. Ids and schemas never change, so those stay for ever; that an id
 * is unknown or a schema refused holds for a short while, since that may change any moment.
 */
public final class CachingRegistry implements SchemaRegistry {
  static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
  private static final int MAX_UNKNOWN = 1_000;

  private record Registration(String subject, Schema schema) {}

  private record Refusal(InputException reason, Instant until) {}

  private final SchemaRegistry registry;
  private final InstantSource clock;
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> unknownUntil = new LinkedHashMap<>();
  private final Map<Registration, Refusal> refused = new LinkedHashMap<>();

  /**
   * @param registry whom to ask
   * @param clock tells when an unknown id, or a refused schema, is tried again
   */
  public CachingRegistry(SchemaRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public int register(String subject, Schema schema) {
    // Not computeIfAbsent: it would hold a lock while waiting for the network.
    Registration registration = new Registration(subject, schema);
    Integer known = ids.get(registration);
    if (known != null) {
      return known;
    }
    refuseAgain(registration);
    try {
      int id = registry.register(subject, schema);
      ids.put(registration, id);
      return id;
    } catch (InputException e) {
      remember(refused, registration, new Refusal(e, clock.instant().plus(UNKNOWN_FOR)));
      throw e;
    }
  }

  private void refuseAgain(Registration registration) {
    synchronized (refused) {
      Refusal refusal = refused.get(registration);
      if (refusal != null && clock.instant().isBefore(refusal.until())) {
        throw refusal.reason();
      }
    }
  }

  @Override
  public Optional<Schema> schemaById(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    if (isUnknown(id)) {
      return Optional.empty();
    }
    Optional<Schema> found = registry.schemaById(id);
    if (found.isEmpty()) {
      remember(unknownUntil, id, clock.instant().plus(UNKNOWN_FOR));
      return found;
    }
    // Whoever comes second takes the first's, so that an id has one schema object.
    Schema first = schemas.putIfAbsent(id, found.get());
    return Optional.of(first != null ? first : found.get());
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return registry.isCompatible(subject, schema);
  }

  private boolean isUnknown(int id) {
    synchronized (unknownUntil) {
      Instant until = unknownUntil.get(id);
      return until != null && clock.instant().isBefore(until);
    }
  }

  /** Bounded: whoever writes garbage chooses the ids and the schemas. */
  private static <K, V> void remember(Map<K, V> memory, K key, V value) {
    synchronized (memory) {
      memory.remove(key);
      memory.put(key, value);
      if (memory.size() > MAX_UNKNOWN) {
        memory.remove(memory.keySet().iterator().next());
      }
    }
  }
}
