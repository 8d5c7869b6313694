// SPDX-License-Identifier: Apache-2.0
/** Binds the engines to Kafka Streams. */
@NullMarked
package io.cloister.aggregate.topology;

import org.jspecify.annotations.NullMarked;
