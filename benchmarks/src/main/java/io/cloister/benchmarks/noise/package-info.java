// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of drawing noise. */
@NullMarked
package io.cloister.benchmarks.noise;

import org.jspecify.annotations.NullMarked;
