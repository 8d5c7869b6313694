// SPDX-License-Identifier: Apache-2.0
/** Counters that operators see; never a value from an event. */
@NullMarked
package io.cloister.common.metrics;

import org.jspecify.annotations.NullMarked;
