// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import io.cloister.app.embedded.EmbeddedRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedRegistryTest implements RegistryContract {
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() {
    registry = EmbeddedRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  public String url() {
    return registry.url();
  }
}
