// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.Treatment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that make a backtracking or quadratic search run for minutes or hours end in seconds: the
 * limit is far above what a slow machine needs and far below what such a search takes.
 */
class DetectorCostTest {
  private static final Detector DETECTOR =
      Detector.of(
          new Treatment.Detect(
              Treatment.Replace.LABEL,
              List.of(),
              Map.of("nested", "(a+)+$", "late", "x.*y|x"),
              "US"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a@a.",
        "a.",
        "aa",
        "x",
        ".",
        "1",
        "1 ",
        "11-",
        "1.",
        "1:",
        "::",
        ":1",
        "f:",
        "://",
        "aa://",
        "aa://)",
        ")",
        "(",
        "+1",
        "+1(",
        "4111 ",
        "111-11-1111-",
        "555-0132 ",
        "(415) 555-0132",
        "www.",
        "a.com/",
        "a.com/)",
        "%",
        "\u200B",
        "\uFF11",
        "\uD83D\uDE00",
        "phone 1234567 ",
        "block@+type@"
      })
  void noTextIsCostly(String part) {
    String text = part.repeat(8192 / part.length());

    List<Finding> found =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> DETECTOR.find(text + "!"));

    assertThat(found).allMatch(finding -> finding.end() <= text.length() + 1);
  }
}
