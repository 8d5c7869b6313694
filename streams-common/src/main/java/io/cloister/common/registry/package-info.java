// SPDX-License-Identifier: Apache-2.0
/** A small client of the Confluent schema registry protocol. */
@NullMarked
package io.cloister.common.registry;

import org.jspecify.annotations.NullMarked;
