// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
  private static final long FIRST = -62_167_219_200L;
  private static final long LAST = 253_402_214_399L;

  @Property
  void everySecondReadsAsItWasWritten(@ForAll @LongRange(min = FIRST, max = LAST) long second) {
    Instant at = Instant.ofEpochSecond(second);
    assertThat(Scalars.instant(TextNode.valueOf(at.toString()))).contains(at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01 00:00:00Z",
        "2026-01-0aT00:00:00Z"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(Scalars.instant(TextNode.valueOf(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T09:41:17Z",
        "2026-03-02T09:41:17.000Z",
        "2026-03-02T10:41:17+01:00",
        "2026-03-02T09:41:17",
        "1772444477000"
      })
  void oneInstantHasManyForms(String text) {
    assertThat(Scalars.instant(TextNode.valueOf(text)))
        .contains(Instant.parse("2026-03-02T09:41:17Z"));
  }
}
