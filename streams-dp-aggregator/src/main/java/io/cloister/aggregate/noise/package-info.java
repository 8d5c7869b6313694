// SPDX-License-Identifier: Apache-2.0
/** Exact discrete noise by integer arithmetic; no floating point before the drawn integer. */
@NullMarked
package io.cloister.aggregate.noise;

import org.jspecify.annotations.NullMarked;
