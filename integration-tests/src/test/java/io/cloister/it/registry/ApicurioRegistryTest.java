// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApicurioRegistryTest implements RegistryContract {
  private static Apicurio registry;

  @BeforeAll
  static void start() throws Exception {
    registry = Apicurio.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Override
  public String url() {
    return registry.url();
  }
}
