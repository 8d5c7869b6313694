// SPDX-License-Identifier: Apache-2.0
/**
 * What running totals under differential privacy err by, and what the ledger costs; run as {@code
 * docs/benchmarks.md} says.
 */
@NullMarked
package io.cloister.benchmarks.aggregate;

import org.jspecify.annotations.NullMarked;
