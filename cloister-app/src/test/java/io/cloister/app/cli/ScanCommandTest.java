// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloister.common.error.InputException;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ScanCommandTest {
  private final StringWriter out = new StringWriter();

  private int scan(byte[] input, String... args) {
    CommandLine command = new CommandLine(new ScanCommand(new ByteArrayInputStream(input)));
    command.setOut(new PrintWriter(out));
    return command.execute(args);
  }

  @Test
  void eachLineGetsItsEntitiesWithOffsetsInCodeUnits() {
    String input =
        """
        {"id":1,"text":"\uD83D\uDE00 kim@example.org"}

        {"id":"b","text":"nothing here"}
        {"text":"192.0.2.1"}
        """;

    assertThat(scan(input.getBytes(UTF_8))).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            {"id":1,"entities":[{"type":"EMAIL","start":3,"end":18,"score":1.0}]}
            {"id":"b","entities":[]}
            {"entities":[{"type":"IP","start":0,"end":9,"score":0.9}]}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Secret", "[\"Secret\"]", "{\"id\":\"Secret\"}", "{\"text\":7,\"x\":\"Secret\"}"})
  void aLineThatIsNoRequestIsNamedByNumberAlone(String line) {
    byte[] input = ("{\"text\":\"fine\"}\n" + line + "\n").getBytes(UTF_8);

    assertThat(failure(input))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("Secret")
        .hasNoCause();
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    assertThat(failure(new byte[] {'{', (byte) 0xC3, 0x28, '}', '\n'}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
  }

  private Throwable failure(byte[] input) {
    ScanCommand command = new ScanCommand(new ByteArrayInputStream(input));
    new CommandLine(command).setOut(new PrintWriter(out)).parseArgs();
    return catchThrowable(command::call);
  }
}
