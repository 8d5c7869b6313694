// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the engines; run as {@code docs/benchmarks.md} says. */
@NullMarked
package io.cloister.benchmarks;

import org.jspecify.annotations.NullMarked;
