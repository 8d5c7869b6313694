// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.deadletter;

import java.util.Optional;

/**
 * A raw record out of a dead letter. Its text does not hold the record's content.
 *
 * @param key the key, absent where there was none
 * @param value the value, absent where there was none
 */
public record RawRecord(Optional<byte[]> key, Optional<byte[]> value) {
  @Override
  public String toString() {
    return "RawRecord[...]";
  }
}
