// SPDX-License-Identifier: Apache-2.0
/**
 * Exact discrete noise by integer arithmetic; no floating point before the drawn integer. {@link
 * io.cloister.aggregate.noise.ExactDraws} says what is drawn, from which bits, in integers of any
 * size; {@link io.cloister.aggregate.noise.LongDraws} draws the same from the same bits in 64.
 */
@NullMarked
package io.cloister.aggregate.noise;

import org.jspecify.annotations.NullMarked;
