// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.prf.PrfConfig;
import io.cloister.common.error.BugException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** A keyset whose keys are in memory, computed by Tink. */
final class TinkKeyset implements Keyset {
  static final Configuration CONFIGURATION = configuration();

  private final KeyedFunction tokens;
  private final KeyedFunction noise;
  private final KeyedFunction seals;
  private final HybridEncrypt encrypt;
  private final Optional<HybridDecrypt> decrypt;

  /** Tink's registry is global; registering twice does nothing. */
  private static Configuration configuration() {
    try {
      PrfConfig.register();
      HybridConfig.register();
      return RegistryConfiguration.get();
    } catch (GeneralSecurityException e) {
      throw new BugException("Tink lacks its own algorithms", e);
    }
  }

  /**
   * @throws GeneralSecurityException when one of the keys is not of its kind
   */
  TinkKeyset(KeysetMaterial material) throws GeneralSecurityException {
    tokens = TinkFunction.primaryOf(material.tokens());
    noise = TinkFunction.primaryOf(material.noise());
    seals = TinkFunction.primaryOf(material.seals());
    encrypt = material.deadLettersPublic().getPrimitive(CONFIGURATION, HybridEncrypt.class);
    Optional<KeysetHandle> privateKey = material.deadLettersPrivate();
    decrypt =
        privateKey.isEmpty()
            ? Optional.empty()
            : Optional.of(privateKey.get().getPrimitive(CONFIGURATION, HybridDecrypt.class));
  }

  @Override
  public KeyedFunction tokens() {
    return tokens;
  }

  @Override
  public KeyedFunction noise() {
    return noise;
  }

  @Override
  public KeyedFunction seals() {
    return seals;
  }

  @Override
  public HybridEncrypt deadLetterEncrypt() {
    return encrypt;
  }

  @Override
  public Optional<HybridDecrypt> deadLetterDecrypt() {
    return decrypt;
  }

  @Override
  public String toString() {
    return "Keyset[...]";
  }
}
