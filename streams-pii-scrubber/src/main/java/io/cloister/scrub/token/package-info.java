// SPDX-License-Identifier: Apache-2.0
/** Keyed pseudonyms. */
@NullMarked
package io.cloister.scrub.token;

import org.jspecify.annotations.NullMarked;
