// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final String HEAD =
      "\"query\":\"people\",\"consumer\":\"dean\","
          + "\"window\":{\"start\":\"2026-03-02T12:00:00Z\",\"end\":\"2026-03-02T12:00:10Z\"},";

  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  private final Answers answers = new Answers();

  @Test
  void figuresAreCompleteWhenTheirCostIsKnown() {
    answers.add("{" + HEAD + value("math-1", 41) + "}");
    answers.add("{" + HEAD + value("math-2", 17) + "}");
    assertThat(answers.all()).isEmpty();
    answers.add("{" + HEAD + "\"release\":\"r\",\"charged\":0.5,\"remaining\":7.5}");
    assertThat(answers.firstRelease("people", START))
        .hasValueSatisfying(
            released -> {
              assertThat(released.figures())
                  .containsExactly(
                      new Answer.Figure("math-1", "41", "29", "53"),
                      new Answer.Figure("math-2", "17", "5", "29"));
              assertThat(released.charged()).isEqualTo("0.5");
              assertThat(released.remaining()).isEqualTo("7.5");
              assertThat(released.scale()).isEqualTo("4");
            });
    assertThat(answers.firstRelease("people", START.plusMillis(1))).isEmpty();
    assertThat(answers.firstRefusal()).isEmpty();
  }

  @Test
  void aRefusalSaysWhatWasAskedAndWhatIsLeft() {
    answers.add(
        "{" + HEAD + "\"release\":\"r\",\"refused\":true,\"requested\":0.5,\"remaining\":0.2}");
    assertThat(answers.firstRefusal())
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.requested()).isEqualTo("0.5");
              assertThat(refused.remaining()).isEqualTo("0.2");
            });
    assertThat(answers.firstRelease("people", START)).isEmpty();
  }

  private static String value(String course, int value) {
    return "\"group\":{\"course\":\""
        + course
        + "\"},\"value\":"
        + value
        + ",\"interval95\":["
        + (value - 12)
        + ","
        + (value + 12)
        + "],\"mechanism\":\"laplace\",\"scale\":4,\"epsilon\":0.5,\"delta\":0,\"release\":\"r\"";
  }
}
