// SPDX-License-Identifier: Apache-2.0
/** Bounds what one person contributes, and adds up what is left. */
@NullMarked
package io.cloister.aggregate.bounding;

import org.jspecify.annotations.NullMarked;
