// SPDX-License-Identifier: Apache-2.0
/**
 * Synthetic campus events for the demo and for load: invented people at invented schools, the same
 * for the same seed.
 */
@NullMarked
package io.cloister.app.generator;

import org.jspecify.annotations.NullMarked;
