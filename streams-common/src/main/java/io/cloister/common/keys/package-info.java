// SPDX-License-Identifier: Apache-2.0
/** Keysets: tokens, dead letters, noise, seals. */
@NullMarked
package io.cloister.common.keys;

import org.jspecify.annotations.NullMarked;
