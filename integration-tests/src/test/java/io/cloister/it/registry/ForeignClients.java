// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others: kcat, and a registry client on Node.js. */
final class ForeignClients {
  private static final Path HOME = Path.of("src", "test", "foreign");
  private static final String INSTALL = "run integration-tests/src/test/foreign/install.sh";

  private ForeignClients() {}

  /** Skips the calling test where they are not installed. */
  static void skipWhereMissing() {
    assumeTrue(isOnPath("kcat"), "no kcat on the path: " + INSTALL);
    assumeTrue(isOnPath("node"), "no node on the path: install Node.js 20 or later");
    assumeTrue(Files.isDirectory(HOME.resolve("node_modules")), "no node modules: " + INSTALL);
  }

  /**
   * Reads a topic from its beginning to its end.
   *
   * @param format kcat's format of a record
   */
  static byte[] kcat(String bootstrapServers, String topic, String format) throws Exception {
    return run(
        new byte[0],
        List.of(
            "kcat",
            "-C",
            "-q",
            "-e",
            "-o",
            "beginning",
            "-b",
            bootstrapServers,
            "-t",
            topic,
            "-f",
            format));
  }

  /**
   * @param input what the script reads
   * @return what it writes
   */
  static byte[] node(byte[] input, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", HOME.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  private static byte[] run(byte[] input, List<String> command) throws Exception {
    Path errors = Files.createTempFile("foreign", ".txt");
    Path in = Files.createTempFile("foreign", ".bin");
    try {
      Files.write(in, input);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectError(errors.toFile())
              .start();
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      process.getInputStream().transferTo(output);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, Files.readString(errors)).isZero();
      return output.toByteArray();
    } finally {
      Files.delete(in);
      Files.delete(errors);
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
