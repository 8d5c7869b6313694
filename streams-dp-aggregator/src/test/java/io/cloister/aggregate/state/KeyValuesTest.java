// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every implementation must do. */
public abstract class KeyValuesTest {
  private static final HexFormat HEX = HexFormat.of();

  /** An empty store. */
  protected abstract KeyValues empty();

  @Test
  void whatIsPutIsFoundUntilItIsDeleted() {
    KeyValues store = empty();

    store.put(HEX.parseHex("01"), HEX.parseHex("aa"));
    store.put(HEX.parseHex("01"), HEX.parseHex("bb"));

    assertThat(store.get(HEX.parseHex("01"))).hasValue(HEX.parseHex("bb"));
    store.delete(HEX.parseHex("01"));
    assertThat(store.get(HEX.parseHex("01"))).isEmpty();
  }

  @Test
  void entriesComeInUnsignedOrderOfTheirKeys() {
    KeyValues store = filled("7f", "80", "00", "ff", "ffff", "01");

    assertThat(keys(store, "", "", 100)).containsExactly("00", "01", "7f", "80", "ff", "ffff");
  }

  @Test
  void aPrefixLimitsWhatIsFound() {
    KeyValues store = filled("00", "01", "0100", "01ff", "02", "ff", "ff00", "ffff");

    assertThat(keys(store, "01", "", 100)).containsExactly("01", "0100", "01ff");
    assertThat(keys(store, "ff", "", 100)).containsExactly("ff", "ff00", "ffff");
    assertThat(keys(store, "03", "", 100)).isEmpty();
  }

  @Test
  void entriesCanBeReadFromAKeyOnAndSoMany() {
    KeyValues store = filled("00", "01", "0100", "01ff", "02");

    assertThat(keys(store, "01", "0100", 100)).containsExactly("01ff");
    assertThat(keys(store, "01", "00", 2)).containsExactly("01", "0100");
    assertThat(keys(store, "", "01", 2)).containsExactly("0100", "01ff");
    assertThat(keys(store, "", "0180", 2)).containsExactly("01ff", "02");
    assertThat(keys(store, "01", "02", 2)).isEmpty();
  }

  @Test
  void everythingBelowAPrefixCanBeDeletedHoweverMuch() {
    KeyValues store = filled("00", "02");
    for (int i = 0; i < KeyValues.SLICE * 2 + 7; i++) {
      store.put(HEX.parseHex("01" + HEX.toHexDigits(i)), new byte[] {1});
    }

    store.deleteAll(HEX.parseHex("01"));

    assertThat(keys(store, "", "", 100)).containsExactly("00", "02");
  }

  private KeyValues filled(String... keys) {
    KeyValues store = empty();
    for (String key : keys) {
      store.put(HEX.parseHex(key), new byte[] {1});
    }
    return store;
  }

  private static List<String> keys(KeyValues store, String prefix, String after, int limit) {
    return store.entries(HEX.parseHex(prefix), HEX.parseHex(after), limit).stream()
        .map(entry -> HEX.formatHex(entry.key()))
        .toList();
  }
}
