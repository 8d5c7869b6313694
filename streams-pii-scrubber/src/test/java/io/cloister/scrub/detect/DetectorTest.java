// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.config.Treatment;
import io.cloister.common.config.Treatment.Replace;
import io.cloister.common.error.InputException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
  private static final Detector DETECTOR = Detector.ofAllTypes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mail kim@example.org now | mail <EMAIL> now",
        "(kim.o'neil+a@mail.example.ac.uk). | (<EMAIL>).",
        "mailto:kim@163.com | mailto:<EMAIL>",
        "user@xn--80ak6aa92e.com | <EMAIL>",
        "kim@example.org,ada@example.org | <EMAIL>,<EMAIL>",
        "call (415) 555-0132 today | call <PHONE> today",
        "+1 415 555 0132 | <PHONE>",
        "+49 30 1234567 or +39 06 678 4343 | <PHONE> or <PHONE>",
        "US: 415-555-0132, 212.555.0199 | US: <PHONE>, <PHONE>",
        "text me at 555-0199 | text me at <PHONE>",
        "my phone is 06-10446904 | my phone is <PHONE>",
        "see https://example.org/~kim?q=1. | see <URL>.",
        "see (http://example.org/a_(b)) | see (<URL>)",
        "www.example.org and example.com/kim | <URL> and <URL>",
        "google.co.il | <URL>",
        "from 192.0.2.17, 10.0.0.0/8. | from <IP>, <IP>.",
        "[2001:db8::1] fe80::1%eth0 ::ffff:192.0.2.1 | [<IP>] <IP> <IP>",
        "card 4111 1111 1111 1111 ok | card <CARD> ok",
        "5555-5555-5555-4444 378282246310005 | <CARD> <CARD>",
        "ssn 219-45-6789 | ssn <SSN>",
        "SSN: 219456789 | SSN: <SSN>",
      })
  void whatHasAFormIsFound(String text, String labelled) {
    assertThat(DETECTOR.replace(text, Replace.LABEL)).isEqualTo(labelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "block-v1:Org+Course+2026+type@problem+block@0a1b2c3d4e5f",
        "asset-v1:Org+Course+2026+type@asset+block@image.png",
        "react@18.2.0 lodash@4.17.21 tool@1.2.beta",
        "meet @ noon, reply to @kim",
        "2026-03-14 10:30:00 and 2026-03-14T10:30:00Z",
        "12:30:45, ratio 1:2:3:4, std::cout, ::",
        "version 1.2.3, v1.2.3.4, 192.168.1.256, 1.2.3.4.5",
        "4111 1111 1111 1112",
        "000-12-3456 666-12-3456 900-12-3456 219-00-6789 219-45-0000",
        "219-45.6789 and 219456789",
        "score 95, 3.14159, chapter 12, room 101, 10-15 minutes",
        "e.g. this, i.e. that... and so on",
        "e.g.com",
      })
  void whatOnlyLooksLikeItIsLeftAlone(String text) {
    boolean exampleHost = text.equals("e.g.com");
    assertThat(DETECTOR.find(text)).hasSize(exampleHost ? 1 : 0);
  }

  @Test
  void offsetsCountUtf16CodeUnits() {
    assertThat(DETECTOR.find("\uD83D\uDE00 kim@example.org!"))
        .containsExactly(new Finding("EMAIL", 3, 18, 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kim\u200B@exam\u00ADple.org | <EMAIL>",
        "\uFF4B\uFF49\uFF4D\uFF20example\uFF0Eorg | <EMAIL>",
        "\uFF14\uFF11\uFF11\uFF11 1111 1111 1111 | <CARD>",
        "\u0664\u0661\u0661\u0661 1111 1111 1111 | <CARD>",
        "219\u201145\u20116789 | <SSN>",
        "+1\u00A0415\u00A0555\u00A00132 | <PHONE>",
        "\uD835\uDFDC111 1111 1111 1111 | <CARD>",
      })
  void anotherSpellingOfTheSameCharactersHidesNothing(String text, String labelled) {
    assertThat(DETECTOR.replace(text, Replace.LABEL)).isEqualTo(labelled);
  }

  @Test
  void whatOverlapsIsOneFindingOfTheLongestType() {
    assertThat(DETECTOR.find("https://example.org/?mail=kim@example.org"))
        .containsExactly(new Finding("URL", 0, 41, 0.95));
  }

  @Test
  void aFindingIsLabelledMaskedOrCutOut() {
    assertThat(DETECTOR.replace("to a@b.org!", Replace.LABEL)).isEqualTo("to <EMAIL>!");
    assertThat(DETECTOR.replace("to a@b.org!", Replace.MASK)).isEqualTo("to *******!");
    assertThat(DETECTOR.replace("to a@b.org!", Replace.REMOVE)).isEqualTo("to !");
  }

  @Test
  void patternsOfTheConfigFindFurtherTypes() {
    Detector detector = detector(List.of("EMAIL"), Map.of("student-number", "\\bS[0-9]{7}\\b"));

    assertThat(detector.replace("S1234567 a@b.org 192.0.2.1", Replace.LABEL))
        .isEqualTo("<STUDENT_NUMBER> <EMAIL> 192.0.2.1");
  }

  @Test
  void patternsAreFoundAnywhereInALongText() {
    Detector detector = detector(List.of(), Map.of("student-number", "S[0-9]{7}"));
    String text = ("word ".repeat(37) + "S1234567 ").repeat(60);

    assertThat(detector.find(text)).hasSize(60).allMatch(f -> f.type().equals("STUDENT_NUMBER"));
  }

  @Test
  void unknownTypesRegionsAndPatternsAreRefused() {
    assertThatThrownBy(() -> detector(List.of("EMIAL"), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("EMAIL, PHONE, URL, IP, CARD, SSN");
    assertThatThrownBy(() -> detector(List.of(), Map.of("x", "(a)\\1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("RE2");
    assertThatThrownBy(() -> detector(List.of(), Map.of("x", "a*")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(
            () -> Detector.of(new Treatment.Detect(Replace.LABEL, List.of(), Map.of(), "Atlantis")))
        .isInstanceOf(InputException.class);
  }

  private static Detector detector(List<String> types, Map<String, String> patterns) {
    return Detector.of(new Treatment.Detect(Replace.LABEL, types, patterns, "US"));
  }

  @Property(tries = 500)
  void findingsAreInsideTheTextInOrderAndApart(
      @ForAll
          @StringLength(max = 80)
          @Chars({'@', '.', '-', ' ', ':', '/', '+', '(', ')', '\u200B'})
          @CharRange(from = '0', to = '9')
          @CharRange(from = 'a', to = 'f')
          String text) {
    int at = 0;
    for (Finding finding : DETECTOR.find(text)) {
      assertThat(finding.start()).isGreaterThanOrEqualTo(at);
      assertThat(finding.end()).isLessThanOrEqualTo(text.length());
      at = finding.end();
    }
  }

  @Property(tries = 300)
  void anyTextIsReadWithoutFailure(@ForAll String text) {
    assertThat(DETECTOR.replace(text, Replace.REMOVE).length()).isLessThanOrEqualTo(text.length());
  }
}
