// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the demo's own, gone when the demo is: config, keys, the broker's logs, state. */
final class Workspace implements AutoCloseable {
  private static final List<String> FILES = List.of("topology.yaml", "hierarchies/region.csv");

  private final Path dir;

  private Workspace(Path dir) {
    this.dir = dir;
  }

  /**
   * @return a new directory with the demo's config in it
   * @throws EnvironmentException when it cannot be written
   */
  static Workspace create() {
    try {
      Workspace workspace = new Workspace(Files.createTempDirectory("cloister-demo-"));
      for (String file : FILES) {
        workspace.copy(file);
      }
      return workspace;
    } catch (IOException e) {
      throw new EnvironmentException("the temporary directory cannot be written", e);
    }
  }

  private void copy(String file) throws IOException {
    Path target = dir.resolve(file);
    Files.createDirectories(dir.resolve("hierarchies"));
    try (InputStream resource = Workspace.class.getResourceAsStream("/demo/" + file)) {
      if (resource == null) {
        throw new BugException("the demo's " + file + " is not packed");
      }
      Files.copy(resource, target);
    }
  }

  /**
   * Completes the config, so that other commands can be tried on the running demo.
   *
   * @param bootstrapServers where the broker is
   */
  void nameCluster(String bootstrapServers) {
    try {
      Files.writeString(
          config(),
          "\nkafka: { bootstrap.servers: \"" + bootstrapServers + "\" }\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new EnvironmentException("the temporary directory cannot be written", e);
    }
  }

  /**
   * @return the directory
   */
  Path dir() {
    return dir;
  }

  /**
   * @return the config
   */
  Path config() {
    return dir.resolve(FILES.get(0));
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(dir)) {
      // Children before their directories.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new EnvironmentException(dir + " cannot be removed: please do it yourself", e);
    }
  }
}
