// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfSet;
import io.cloister.common.error.BugException;
import java.security.GeneralSecurityException;

/** The primary key of a Tink PRF keyset; its version is its place in the keyset, from 1. */
final class TinkFunction implements KeyedFunction {
  private final Prf prf;
  private final int version;

  private TinkFunction(Prf prf, int version) {
    this.prf = prf;
    this.version = version;
  }

  /**
   * @throws GeneralSecurityException when the keyset holds no usable PRF key
   */
  static TinkFunction primaryOf(KeysetHandle keys) throws GeneralSecurityException {
    PrfSet set = keys.getPrimitive(TinkKeyset.CONFIGURATION, PrfSet.class);
    Prf prf = set.getPrfs().get(set.getPrimaryId());
    for (int i = 0; i < keys.size() && prf != null; i++) {
      if (keys.getAt(i).isPrimary()) {
        return new TinkFunction(prf, i + 1);
      }
    }
    throw new GeneralSecurityException("no primary key");
  }

  @Override
  public byte[] compute(byte[] input, int length) {
    if (length < 1 || length > 64) {
      throw new IllegalArgumentException("length must be 1 to 64, not " + length);
    }
    try {
      return prf.compute(input, length);
    } catch (GeneralSecurityException e) {
      throw new BugException("a pseudo-random function refused an input of its own range", e);
    }
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public String toString() {
    return "KeyedFunction[version=" + version + "]";
  }
}
