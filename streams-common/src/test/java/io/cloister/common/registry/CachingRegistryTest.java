// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CachingRegistryTest {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);

  private final Counting asked = new Counting();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final CachingRegistry registry = new CachingRegistry(asked, now::get);

  @Test
  void aSchemaIsFetchedOnce() {
    asked.known.put(1, TEXT);

    Schema first = registry.schemaById(1).orElseThrow();

    assertThat(registry.schemaById(1).orElseThrow()).isSameAs(first);
    assertThat(asked.questions).isEqualTo(1);
  }

  @Test
  void aSchemaIsRegisteredOnceForEachSubject() {
    registry.register("a", TEXT);
    registry.register("a", Schema.create(Schema.Type.STRING));
    registry.register("b", TEXT);

    assertThat(asked.questions).isEqualTo(2);
  }

  @Test
  void anUnknownIdIsAskedForAgainAfterAWhile() {
    assertThat(registry.schemaById(1)).isEmpty();
    asked.known.put(1, TEXT);
    assertThat(registry.schemaById(1)).isEmpty();
    assertThat(asked.questions).isEqualTo(1);

    now.set(Instant.EPOCH.plus(CachingRegistry.UNKNOWN_FOR));

    assertThat(registry.schemaById(1)).contains(TEXT);
  }

  @Test
  void floodsOfUnknownIdsDoNotFillTheHeap() {
    for (int id = 0; id <= 1_000; id++) {
      registry.schemaById(id);
    }
    registry.schemaById(1_000);
    assertThat(asked.questions).isEqualTo(1_001);

    registry.schemaById(0);

    assertThat(asked.questions).isEqualTo(1_002);
  }

  @Test
  void aFailureIsNotRemembered() {
    asked.away = true;
    assertThatThrownBy(() -> registry.schemaById(1)).isInstanceOf(EnvironmentException.class);
    asked.away = false;
    asked.known.put(1, TEXT);

    assertThat(registry.schemaById(1)).contains(TEXT);
  }

  @Test
  void aRefusedSchemaIsTriedAgainAfterAWhile() {
    asked.refuses = true;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> registry.register("a", TEXT)).isInstanceOf(InputException.class);
    }
    assertThat(asked.questions).isEqualTo(1);
    asked.refuses = false;

    now.set(Instant.EPOCH.plus(CachingRegistry.UNKNOWN_FOR));

    assertThat(registry.register("a", TEXT)).isEqualTo(2);
  }

  private static final class Counting implements SchemaRegistry {
    private final Map<Integer, Schema> known = new HashMap<>();
    private int questions;
    private boolean away;
    private boolean refuses;

    @Override
    public int register(String subject, Schema schema) {
      questions++;
      if (refuses) {
        throw new InputException("refused");
      }
      return questions;
    }

    @Override
    public Optional<Schema> schemaById(int id) {
      questions++;
      if (away) {
        throw new EnvironmentException("away");
      }
      return Optional.ofNullable(known.get(id));
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
      return true;
    }
  }
}
