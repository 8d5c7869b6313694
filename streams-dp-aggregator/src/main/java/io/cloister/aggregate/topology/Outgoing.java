// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * An encoded record and where it goes.
 *
 * @param topic the topic
 * @param value the record's value
 */
@SuppressWarnings("ArrayRecordComponent")
record Outgoing(String topic, byte[] value) {
  /** Writes the value alone; nothing reads it back. */
  static Serde<Outgoing> serde() {
    return Serdes.serdeFrom(
        (topic, outgoing) -> outgoing.value(),
        (topic, bytes) -> {
          throw new UnsupportedOperationException("outgoing records are not read back");
        });
  }
}
