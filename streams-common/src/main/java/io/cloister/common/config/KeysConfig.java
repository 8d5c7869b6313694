// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Doc;

/** Where the keyset is kept. */
@Doc("Where the keyset is kept.")
public record KeysConfig(
    @Doc("Who keeps the keys.") Provider provider,
    @Doc("Where: file:/path for the provider file.") String uri) {

  /** Who keeps the keys. */
  public enum Provider {
    /** A file that only its owner can read. */
    @Doc("A JSON keyset in a file of mode 0600.")
    FILE
  }
}
