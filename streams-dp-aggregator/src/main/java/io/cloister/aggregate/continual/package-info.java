// SPDX-License-Identifier: Apache-2.0
/**
 * Continual counts and sums: a running total after every step of a counter's life, under one charge
 * of privacy for the whole life and with far less noise than a fresh release at each step.
 */
@NullMarked
package io.cloister.aggregate.continual;

import org.jspecify.annotations.NullMarked;
