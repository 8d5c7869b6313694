// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

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

  /** Where a record goes, under a name that stays the same in the topology's description. */
  record ByTopic() implements TopicNameExtractor<byte[], Outgoing> {
    @Override
    public String extract(byte[] key, Outgoing outgoing, RecordContext context) {
      return outgoing.topic();
    }
  }
}
