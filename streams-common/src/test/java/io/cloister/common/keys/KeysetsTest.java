// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.config.KeysConfig;
import io.cloister.common.config.RuntimeConfig;
import io.cloister.common.config.TopicsConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetsTest {
  private static final byte[] INPUT = "x".getBytes(UTF_8);

  private final Path base;

  KeysetsTest(@TempDir Path base) {
    this.base = base;
  }

  @Test
  void withoutKeysARunAgainstAClusterIsRefusedWithTheRemedy() {
    assertThatThrownBy(() -> Keysets.forConfig(config(Optional.empty()), base, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cloister keys create FILE");
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void withoutKeysADevelopmentKeysetIsMadeOnceAndUsedAgain() throws Exception {
    Keyset first = Keysets.forConfig(config(Optional.empty()), base, true);
    Keyset second = Keysets.forConfig(config(Optional.empty()), base, true);

    assertThat(second.noise().compute(INPUT, 16)).isEqualTo(first.noise().compute(INPUT, 16));
    assertThat(Files.getPosixFilePermissions(base.resolve(".cloister/keys.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:own.json", "file:./own.json", "file:%s/own.json", "file://%s/own.json"})
  void theConfigNamesItsFileAbsolutelyOrRelativeToItself(String uri) {
    KeysetFile.create(base.resolve("own.json"));
    KeysConfig keys = new KeysConfig(KeysConfig.Provider.FILE, uri.replace("%s", base.toString()));

    Keyset found = Keysets.forConfig(config(Optional.of(keys)), base, false);

    assertThat(found.tokens().compute(INPUT, 16))
        .isEqualTo(KeysetFile.open(base.resolve("own.json")).tokens().compute(INPUT, 16));
  }

  @Test
  void anotherSchemeIsRefused() {
    KeysConfig keys = new KeysConfig(KeysConfig.Provider.FILE, "vault:secret");

    assertThatThrownBy(() -> Keysets.forConfig(config(Optional.of(keys)), base, true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("file:");
  }

  private static TopologyConfig config(Optional<KeysConfig> keys) {
    return new TopologyConfig(
        "test",
        Map.of(),
        Optional.empty(),
        keys,
        new RuntimeConfig(RuntimeConfig.Arrangement.CHAINED, 1, "state", Optional.empty()),
        new TopicsConfig(4, 1, (short) 1, Duration.ofDays(7)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
