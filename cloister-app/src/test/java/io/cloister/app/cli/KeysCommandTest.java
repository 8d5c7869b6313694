// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.keys.KeysetFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void createWritesAUsableKeysetOnceAndNeverAgain(@TempDir Path directory) {
    Path file = directory.resolve("keys.json");

    assertThat(run("keys", "create", file.toString())).isZero();
    assertThat(out.toString()).contains("file:" + file);
    assertThat(KeysetFile.open(file).deadLetterDecrypt()).isPresent();
    assertThat(run("keys", "create", file.toString())).isEqualTo(ExitCode.ENVIRONMENT.number());
    assertThat(err.toString()).contains("never overwritten");
  }
}
