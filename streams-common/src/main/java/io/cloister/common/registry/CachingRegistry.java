// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

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
 * is unknown holds for a short while, since it may be registered any moment.
 */
public final class CachingRegistry implements SchemaRegistry {
  static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
  private static final int MAX_UNKNOWN = 1_000;

  private record Registration(String subject, Schema schema) {}

  private final SchemaRegistry registry;
  private final InstantSource clock;
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> unknownUntil = new LinkedHashMap<>();

  /**
   * @param registry whom to ask
   * @param clock tells when an unknown id is asked for again
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
    int id = registry.register(subject, schema);
    ids.put(registration, id);
    return id;
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
      rememberUnknown(id);
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

  /** Bounded: whoever writes garbage chooses the ids. */
  private void rememberUnknown(int id) {
    synchronized (unknownUntil) {
      unknownUntil.remove(id);
      unknownUntil.put(id, clock.instant().plus(UNKNOWN_FOR));
      if (unknownUntil.size() > MAX_UNKNOWN) {
        unknownUntil.remove(unknownUntil.keySet().iterator().next());
      }
    }
  }
}
