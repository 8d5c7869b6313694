// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import io.cloister.common.config.KeysConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the keyset of a pipeline. */
public final class Keysets {
  private static final Logger log = LoggerFactory.getLogger(Keysets.class);

  private Keysets() {}

  /**
   * @param config the pipeline
   * @param base the config's directory, against which {@code keys.uri} is resolved
   * @param development whether a pipeline without {@code keys} gets a development keyset, {@code
   *     .cloister/keys.json} below {@code base}, made once and used again
   * @return its keys
   * @throws InputException when the config names no usable keyset
   * @throws EnvironmentException when the keyset cannot be read or made
   */
  public static Keyset forConfig(TopologyConfig config, Path base, boolean development) {
    if (config.keys().isPresent()) {
      return KeysetFile.open(file(config.keys().get(), base));
    }
    if (!development) {
      throw new InputException(
          "keys: missing, and a run against a cluster needs them; run `cloister keys create FILE`"
              + " and name it: keys: { provider: file, uri: \"file:FILE\" }");
    }
    Path file = developmentFile(base);
    if (!Files.exists(file)) {
      createDevelopment(file);
    }
    log.atWarn()
        .addKeyValue("file", file)
        .log("Using a development keyset: whoever can read this file can undo the tokens");
    return KeysetFile.open(file);
  }

  /**
   * @param base the config's directory
   * @return where a pipeline without {@code keys} has its development keyset, once there is one
   */
  public static Path developmentFile(Path base) {
    return base.resolve(".cloister").resolve("keys.json");
  }

  private static void createDevelopment(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null && !Files.exists(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      KeysetFile.create(file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new EnvironmentException("the directory of " + file + " cannot be made", e);
    } catch (EnvironmentException e) {
      // Another process may have been faster; then its keys are the keys.
      if (!Files.exists(file)) {
        throw e;
      }
    }
  }

  private static Path file(KeysConfig keys, Path base) {
    if (!keys.uri().startsWith("file:")) {
      throw new InputException("keys.uri: must begin with file:, such as file:/etc/keys.json");
    }
    String path = keys.uri().substring("file:".length());
    try {
      // file:///etc/keys.json is the same as file:/etc/keys.json.
      return base.resolve(path.startsWith("///") ? path.substring(2) : path);
    } catch (InvalidPathException e) {
      throw new InputException("keys.uri: what follows file: is no path");
    }
  }

  /**
   * @return new random keys that are kept nowhere: for trials and tests
   */
  public static Keyset inMemory() {
    try {
      return new TinkKeyset(KeysetMaterial.generate());
    } catch (GeneralSecurityException e) {
      throw new BugException("new keys cannot be made", e);
    }
  }
}
