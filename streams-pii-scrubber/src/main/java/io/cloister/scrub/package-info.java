// SPDX-License-Identifier: Apache-2.0
/**
 * The first stage's engine: finds and treats personal data in one record. Knows nothing of Kafka.
 */
@NullMarked
package io.cloister.scrub;

import org.jspecify.annotations.NullMarked;
