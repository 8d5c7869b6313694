// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directory of shared data sets, beside the repository or named by CLOISTER_SHARED. */
public final class Shared {
  private Shared() {}

  /**
   * @param file a file in it
   * @return its path; the test that asks is skipped where it is not there
   */
  public static Path file(String file) {
    Optional<Path> found = root().map(root -> root.resolve(file)).filter(Files::exists);
    assumeThat(found)
        .withFailMessage("skipped: shared/%s is not beside the repository", file)
        .isPresent();
    return found.orElseThrow();
  }

  private static Optional<Path> root() {
    String named = System.getenv("CLOISTER_SHARED");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (at != null) {
      if (Files.isDirectory(at.resolve("shared/data"))) {
        return Optional.of(at.resolve("shared"));
      }
      at = at.getParent();
    }
    return Optional.empty();
  }
}
