// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a topology config and validates it as a whole. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * @param file a YAML file
   * @param purpose what it is read for
   * @return the config or every problem with it
   */
  public static Reading read(Path file, Purpose purpose) {
    return read(file.toString(), "", purpose);
  }

  /**
   * Reads a config that is no file: files that it names are looked for in the working directory.
   *
   * @param name what problems call it
   * @param yaml the text
   * @param purpose what it is read for
   * @return the config or every problem with it
   */
  public static Reading read(String name, String yaml, Purpose purpose) {
    Problem empty =
        new Problem(Problem.Severity.ERROR, 0, 0, "", "nothing", "a " + purpose, Optional.of(yaml));
    return new Reading(name, Optional.empty(), List.of(empty));
  }
}
