// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("cloister \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void endsWithTwoOnWrongUsage() {
    assertThat(run("no-such-command")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("topics")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter");
  }

  @Test
  void endsWithOneAndALineOnAConfigThatIsMissing() {
    assertThat(run("topics", "no-such-file.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("no-such-file.yaml").doesNotContain("\tat ");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new InputException("wrong k"), 1, "wrong k"),
        Arguments.of(new EnvironmentException("no broker"), 3, "no broker"),
        Arguments.of(new TimeoutException("canary"), 3, "Kafka failed: TimeoutException"),
        Arguments.of(
            new BugException("canary"),
            70,
            "a defect of Cloister, please report it: io.cloister.common.error.BugException"),
        Arguments.of(
            new IllegalStateException("canary"),
            70,
            "a defect of Cloister, please report it: java.lang.IllegalStateException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsWhoseFaultAFailureIsAndNoMessageOfOthers(Exception failure, int code, String line) {
    ExitCode exitCode = ExitCode.of(failure);
    assertThat(exitCode.number()).isEqualTo(code);
    assertThat(exitCode.line(failure)).isEqualTo(line);
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
