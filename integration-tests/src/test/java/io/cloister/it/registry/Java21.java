// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds a Java of 21 or later: this one, or the one that {@code CLOISTER_JAVA21} is the home of.
 */
final class Java21 {
  private Java21() {}

  static Optional<Path> executable() {
    Optional<String> home =
        Runtime.version().feature() >= 21
            ? Optional.of(System.getProperty("java.home"))
            : Optional.ofNullable(System.getenv("CLOISTER_JAVA21"));
    return home.map(path -> Path.of(path, "bin", "java"));
  }
}
