// SPDX-License-Identifier: Apache-2.0
/** Draws, charges and publishes windows that every partition has closed. */
@NullMarked
package io.cloister.aggregate.release;

import org.jspecify.annotations.NullMarked;
