// SPDX-License-Identifier: Apache-2.0
/** What an engine keeps between records, on the heap or in a Kafka Streams store. */
@NullMarked
package io.cloister.aggregate.state;

import org.jspecify.annotations.NullMarked;
