// SPDX-License-Identifier: Apache-2.0
/** Binds the scrubber to Kafka Streams. */
@NullMarked
package io.cloister.scrub.topology;

import org.jspecify.annotations.NullMarked;
