// SPDX-License-Identifier: Apache-2.0
/**
 * Dead letters: records that could not be treated, encrypted, with a reason that tells no value.
 */
@NullMarked
package io.cloister.scrub.deadletter;

import org.jspecify.annotations.NullMarked;
