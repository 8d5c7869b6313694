// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.HybridDecrypt;
import io.cloister.common.error.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  KeysetFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aNewFileIsReadableByItsOwnerAloneAndLeavesNoPartBehind() throws Exception {
    KeysetFile.create(directory.resolve("keys.json"));

    assertThat(Files.getPosixFilePermissions(directory.resolve("keys.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anExistingFileIsNeverOverwritten() throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    String before = Files.readString(file);

    assertThatThrownBy(() -> KeysetFile.create(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("exists already");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void openingTwiceGivesTheSameFunctions() {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);

    byte[] once = KeysetFile.open(file).tokens().compute("x".getBytes(UTF_8), 64);
    byte[] again = KeysetFile.open(file).tokens().compute("x".getBytes(UTF_8), 64);

    assertThat(again).isEqualTo(once).hasSize(64);
  }

  @Test
  void everyPurposeHasItsOwnKey() {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    Keyset keys = KeysetFile.open(file);
    byte[] input = "x".getBytes(UTF_8);

    assertThat(keys.tokens().compute(input, 32)).isNotEqualTo(keys.noise().compute(input, 32));
    assertThat(keys.seals().compute(input, 32)).isNotEqualTo(keys.noise().compute(input, 32));
    assertThat(keys.tokens().compute(input, 32)).isNotEqualTo(keys.seals().compute(input, 32));
    assertThat(keys.tokens().version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void aFileThatOthersCanTouchIsRefused(String mode) throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> KeysetFile.open(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aMissingFileSaysHowToMakeOne() {
    assertThatThrownBy(() -> KeysetFile.open(directory.resolve("none.json")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cloister keys create");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hush-hush", "{}", "[]", "{\"format\":\"cloister-keys/2\"}"})
  void whatIsNoKeysetIsRefusedWithoutShowingIt(String text) throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    Files.writeString(file, text);

    assertThatThrownBy(() -> KeysetFile.open(file))
        .isInstanceOf(EnvironmentException.class)
        .hasNoCause()
        .hasMessageNotContaining("hush");
  }

  @Test
  void aDamagedKeyIsRefusedWithoutShowingIt() throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    ObjectNode key = (ObjectNode) root.at("/tokens/key/0/keyData");
    key.put("value", "hush-hush");
    Files.writeString(file, root.toString());

    assertThatThrownBy(() -> KeysetFile.open(file))
        .isInstanceOf(EnvironmentException.class)
        .hasNoCause()
        .hasMessageContaining("damaged")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    root.set("tokens", root.get("dead-letters-public"));
    Files.writeString(file, root.toString());

    assertThatThrownBy(() -> KeysetFile.open(file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("another kind");
  }

  @Test
  void deadLettersOpenWithThePrivateKeyAndTheSameContextAlone() throws Exception {
    Keyset keys = Keysets.inMemory();
    byte[] closed = keys.deadLetterEncrypt().encrypt("raw".getBytes(UTF_8), "here".getBytes(UTF_8));
    HybridDecrypt open = keys.deadLetterDecrypt().orElseThrow();

    assertThat(open.decrypt(closed, "here".getBytes(UTF_8))).isEqualTo("raw".getBytes(UTF_8));
    assertThatThrownBy(() -> open.decrypt(closed, "there".getBytes(UTF_8)))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aFileWithoutThePrivateKeyClosesDeadLettersButOpensNone() throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    root.remove("dead-letters-private");
    Files.writeString(file, root.toString());

    Keyset keys = KeysetFile.open(file);

    assertThat(keys.deadLetterDecrypt()).isEmpty();
    assertThat(keys.deadLetterEncrypt().encrypt(new byte[3], new byte[0])).isNotEmpty();
  }

  @Test
  void noTextFormShowsAKey() throws Exception {
    Path file = directory.resolve("keys.json");
    KeysetFile.create(file);
    String secret =
        JSON.readTree(Files.readString(file)).at("/tokens/key/0/keyData/value").asText();
    Keyset keys = KeysetFile.open(file);

    assertThat(secret).isNotEmpty();
    assertThat(keys.toString() + keys.tokens() + KeysetMaterial.parse(Files.readString(file)))
        .doesNotContain(secret)
        .contains("Keyset[...]");
  }
}
