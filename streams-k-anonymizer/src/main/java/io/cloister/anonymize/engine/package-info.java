// SPDX-License-Identifier: Apache-2.0
/**
 * The release engine: decides which record is released, when, and in which cell. Plain Java, knows
 * neither Kafka nor files nor clocks.
 */
@NullMarked
package io.cloister.anonymize.engine;

import org.jspecify.annotations.NullMarked;
