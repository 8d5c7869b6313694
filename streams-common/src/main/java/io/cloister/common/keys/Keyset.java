// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import java.util.Optional;

/** The secrets of one pipeline. Its text holds none of them. */
public interface Keyset {
  /**
   * @return the function behind pseudonyms
   */
  KeyedFunction tokens();

  /**
   * @return the function behind the noise of releases
   */
  KeyedFunction noise();

  /**
   * @return the function behind the ledger's seals
   */
  KeyedFunction seals();

  /**
   * @return what closes dead letters
   */
  HybridEncrypt deadLetterEncrypt();

  /**
   * @return what opens dead letters; absent where this holder has no right to
   */
  Optional<HybridDecrypt> deadLetterDecrypt();
}
