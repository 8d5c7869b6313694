// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.anonymize.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The checker that shares no code with the engine. */
final class Kcheck {
  private Kcheck() {}

  /**
   * @param options what it is called with; the test that asks is skipped where it cannot run
   * @return its verdict
   */
  static JsonNode verdict(String... options) throws IOException, InterruptedException {
    Path kcheck = Shared.file("tools/kcheck.py");
    assumeThat(hasPython()).withFailMessage("skipped: there is no python3").isTrue();
    List<String> command = new ArrayList<>(List.of("python3", kcheck.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    JsonNode verdict = new ObjectMapper().readTree(process.getInputStream());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return verdict;
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
