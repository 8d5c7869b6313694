// SPDX-License-Identifier: Apache-2.0
/**
 * What the k-anonymity engine costs, and how much it loses beside published algorithms; run as
 * {@code docs/benchmarks.md} says.
 */
@NullMarked
package io.cloister.benchmarks.anonymize;

import org.jspecify.annotations.NullMarked;
