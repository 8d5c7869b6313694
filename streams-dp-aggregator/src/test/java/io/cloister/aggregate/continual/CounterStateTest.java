// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CounterStateTest {
  private static final CounterState STATE =
      new CounterState(
          258, BigInteger.valueOf(-2), List.of(BigInteger.valueOf(1_000), BigInteger.ZERO));

  @Test
  void theStoredFormIsFixed() {
    assertThat(HexFormat.of().formatHex(STATE.toBytes()))
        .isEqualTo("01" + "0000000000000102" + "00000001fe" + "0000000203e8" + "0000000100");
  }

  @Property
  void whatIsStoredIsRestored(
      @ForAll BigInteger total, @ForAll @Size(max = 6) List<BigInteger> noise) {
    CounterState state = new CounterState(7, total, noise);

    assertThat(CounterState.fromBytes(state.toBytes())).isEqualTo(state);
  }

  @Test
  void anythingElseIsRefused() {
    byte[] stored = STATE.toBytes();
    byte[] otherVersion = stored.clone();
    otherVersion[0] = 2;
    byte[] absurdLength = stored.clone();
    absurdLength[9] = 0x7f;

    assertThatThrownBy(() -> CounterState.fromBytes(otherVersion)).hasMessageContaining("version");
    assertThatThrownBy(() -> CounterState.fromBytes(absurdLength)).hasMessageContaining("length");
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      // Numbers at the end may be missing as a whole; the counter knows how many it needs.
      if (length != 14 && length != 20) {
        assertThatThrownBy(() -> CounterState.fromBytes(cut))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void itsTextShowsNoCounts() {
    assertThat(STATE.toString()).doesNotContain("-2").doesNotContain("1000").contains("258");
  }
}
