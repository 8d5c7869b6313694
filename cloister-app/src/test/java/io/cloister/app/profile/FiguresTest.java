// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void someoneIsNeverRoundedToNobodyNorMostToAll() {
    assertThat(Figures.percent(0, 1_000_000)).isEqualTo("0%");
    assertThat(Figures.percent(1, 1_000_000)).isEqualTo("<0.01%");
    assertThat(Figures.percent(3, 10_000)).isEqualTo("0.03%");
    assertThat(Figures.percent(42, 1_000)).isEqualTo("4.2%");
    assertThat(Figures.percent(42, 100)).isEqualTo("42%");
    assertThat(Figures.percent(995, 1_000)).isEqualTo("99.5%");
    assertThat(Figures.percent(999_999, 1_000_000)).isEqualTo(">99.9%");
    assertThat(Figures.percent(7, 7)).isEqualTo("100%");
  }

  @Test
  void delaysAreDurationsThatTheConfigTakes() {
    assertThat(Figures.delay(1_000, BigDecimal.valueOf(300))).isEqualTo("PT3.33S");
    assertThat(Figures.delay(0, BigDecimal.ONE)).isEqualTo("PT0S");
    assertThat(Figures.delay(600, BigDecimal.ONE)).isEqualTo("PT10M");
    assertThat(Figures.delay(36_000, BigDecimal.ONE)).isEqualTo("PT10H");
  }
}
