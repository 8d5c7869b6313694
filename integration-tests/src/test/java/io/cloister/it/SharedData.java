// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Data sets and tools beside the repository, in {@code shared}, or where CLOISTER_SHARED says. */
final class SharedData {
  private SharedData() {}

  /** The file, or a skipped test. */
  static Path find(String path) {
    Optional<Path> file =
        Stream.concat(
                Optional.ofNullable(System.getenv("CLOISTER_SHARED")).map(Path::of).stream(),
                Stream.iterate(
                        Path.of(System.getProperty("user.dir")).toAbsolutePath(),
                        dir -> dir != null,
                        Path::getParent)
                    .map(dir -> dir.resolve("shared")))
            .map(shared -> shared.resolve(path))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(file.isPresent(), "shared/" + path + " is not beside the repository");
    return file.orElseThrow();
  }
}
