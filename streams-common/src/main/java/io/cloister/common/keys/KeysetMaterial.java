// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.PredefinedHybridParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The keys of one pipeline and their text form, {@value #FORMAT}: one Tink keyset for each purpose,
 * as Tink writes it in JSON, in clear. The dead letters' private key may be kept elsewhere.
 */
record KeysetMaterial(
    KeysetHandle tokens,
    KeysetHandle noise,
    KeysetHandle seals,
    KeysetHandle deadLettersPublic,
    Optional<KeysetHandle> deadLettersPrivate) {
  static final String FORMAT = "cloister-keys/1";

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  static KeysetMaterial generate() throws GeneralSecurityException {
    KeysetHandle deadLetters =
        KeysetHandle.generateNew(
            PredefinedHybridParameters.HPKE_X25519_HKDF_SHA256_AES_128_GCM,
            TinkKeyset.CONFIGURATION);
    return new KeysetMaterial(
        generateFunction(),
        generateFunction(),
        generateFunction(),
        deadLetters.getPublicKeysetHandle(),
        Optional.of(deadLetters));
  }

  /** HMAC-SHA512 rather than SHA256: it gives the 64 bytes that KeyedFunction promises. */
  private static KeysetHandle generateFunction() throws GeneralSecurityException {
    return KeysetHandle.generateNew(
        PredefinedPrfParameters.HMAC_SHA512_PRF, TinkKeyset.CONFIGURATION);
  }

  /**
   * @throws UnusableKeysetException when the text is no keyset; its message never shows the text
   */
  static KeysetMaterial parse(String text) throws UnusableKeysetException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnusableKeysetException("no JSON");
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new UnusableKeysetException("not of format " + FORMAT);
    }
    Optional<KeysetHandle> privateKey =
        root.has("dead-letters-private")
            ? Optional.of(handle(root, "dead-letters-private"))
            : Optional.empty();
    return new KeysetMaterial(
        handle(root, "tokens"),
        handle(root, "noise"),
        handle(root, "seals"),
        handle(root, "dead-letters-public"),
        privateKey);
  }

  private static KeysetHandle handle(JsonNode root, String name) throws UnusableKeysetException {
    JsonNode keyset = root.get(name);
    if (keyset == null || !keyset.isObject()) {
      throw new UnusableKeysetException("it has no keyset " + name);
    }
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          keyset.toString(), TinkKeyset.CONFIGURATION, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException | RuntimeException e) {
      // Neither message nor cause: both may quote the keyset.
      throw new UnusableKeysetException("its keyset " + name + " is damaged");
    }
  }

  String serialize() throws GeneralSecurityException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    try {
      root.set("tokens", tree(tokens));
      root.set("noise", tree(noise));
      root.set("seals", tree(seals));
      root.set("dead-letters-public", tree(deadLettersPublic));
      if (deadLettersPrivate.isPresent()) {
        root.set("dead-letters-private", tree(deadLettersPrivate.get()));
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new GeneralSecurityException("a keyset is no JSON");
    }
  }

  private static JsonNode tree(KeysetHandle keys)
      throws GeneralSecurityException, JsonProcessingException {
    return JSON.readTree(
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keys, TinkKeyset.CONFIGURATION, InsecureSecretKeyAccess.get()));
  }

  @Override
  public String toString() {
    return "KeysetMaterial[...]";
  }
}
