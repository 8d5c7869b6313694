// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.engine.EngineState;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Payload;
import io.cloister.anonymize.engine.Standing;
import io.cloister.common.error.BugException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State outlives the program that wrote it: its form is pinned. */
class StateCodecTest {
  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void closed() {
    EngineState state = new EngineState.Closed(20000);
    byte[] key = StateCodec.key("r", state);
    assertThat(hex(key)).isEqualTo("000000017200");
    assertThat(hex(StateCodec.value(state))).isEqualTo("018000000000004e20");
    assertThat(StateCodec.cell(key, StateCodec.value(state))).isEqualTo(state);
    assertThat(StateCodec.region(key)).isEqualTo("r");
  }

  @Test
  void cell() {
    EngineState state = new EngineState.Cell(1, List.of(List.of("a", "*"), List.of("*")));
    byte[] key = StateCodec.key("", state);
    assertThat(hex(key)).isEqualTo("00000000018000000000000001000000020000000161000000012a");
    assertThat(hex(StateCodec.value(state)))
        .isEqualTo("0100000002000000020000000161000000012a00000001000000012a");
    assertThat(StateCodec.cell(key, StateCodec.value(state))).isEqualTo(state);
  }

  @Test
  void settled() {
    EngineState state = new EngineState.Settled(-1, "p", List.of("a", "*"));
    byte[] key = StateCodec.key("", state);
    assertThat(hex(key)).isEqualTo("000000007fffffffffffffff0000000170");
    assertThat(hex(StateCodec.value(state))).isEqualTo("01000000020000000161000000012a");
    assertThat(StateCodec.person(key, StateCodec.value(state))).isEqualTo(state);
  }

  @Test
  void moved() {
    EngineState state = new EngineState.Moved(-1, "p");
    byte[] key = StateCodec.key("", state);
    assertThat(hex(key)).isEqualTo("000000007fffffffffffffff0000000170");
    assertThat(hex(StateCodec.value(state))).isEqualTo("0100000000");
    assertThat(StateCodec.person(key, StateCodec.value(state))).isEqualTo(state);
  }

  @Test
  void values() {
    Standing seen = new Standing(List.of("1"), List.of("2"));
    Standing inCell = new Standing(List.of("1"), List.of(""));
    EngineState state =
        new EngineState.Values(
            1, "p", seen, List.of(new EngineState.Values.InCell(List.of("a", "*"), inCell)));
    byte[] key = StateCodec.key("r", state);
    assertThat(hex(key)).isEqualTo("0000000172028000000000000001" + "0000000170");
    assertThat(hex(StateCodec.value(state)))
        .isEqualTo(
            "01"
                + "00000001"
                + "0000000131"
                + "00000001"
                + "0000000132"
                + "00000001"
                + "00000002"
                + "0000000161"
                + "000000012a"
                + "00000001"
                + "0000000131"
                + "00000001"
                + "00000000");
    assertThat(StateCodec.cell(key, StateCodec.value(state))).isEqualTo(state);
    assertThat(state.toString()).isEqualTo("Values[epoch=1]");
  }

  @Test
  void held() {
    Payload payload = new Payload(new byte[] {7});
    Event event =
        new Event("p", 3, 2, List.of(List.of("a", "*")), List.of("5"), payload, 100, 2100);
    EngineState.Held state = new EngineState.Held(9, event);
    byte[] key = StateCodec.key("", state);
    byte[] value = StateCodec.value(state);
    assertThat(hex(key)).isEqualTo("000000008000000000000009");
    assertThat(hex(value))
        .isEqualTo(
            "01000000017080000000000000038000000000000002"
                + "00000001000000020000000161000000012a"
                + "000000010000000135"
                + "0000000107"
                + "80000000000000648000000000000834");
    EngineState.Held read = (EngineState.Held) StateCodec.held(key, value);
    assertThat(StateCodec.value(read)).isEqualTo(value);
    assertThat(read.sequence()).isEqualTo(9);
  }

  @Test
  void routed() {
    Routed routed = new Routed("p", 1, new Payload(new byte[] {7}));
    assertThat(hex(routed.toBytes())).isEqualTo("0100000001708000000000000001" + "0000000107");
    assertThat(Routed.fromBytes(routed.toBytes()).toBytes()).isEqualTo(routed.toBytes());
  }

  @Test
  void otherVersionOrCutStateIsRefused() {
    assertThatThrownBy(() -> Routed.fromBytes(new byte[] {2, 0})).isInstanceOf(BugException.class);
    assertThatThrownBy(() -> Routed.fromBytes(new byte[] {1, 0, 0, 0, 9}))
        .isInstanceOf(BugException.class);
  }
}
