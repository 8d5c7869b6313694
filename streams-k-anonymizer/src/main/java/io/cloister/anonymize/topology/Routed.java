// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.anonymize.engine.Payload;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A scrubbed record on its way to its region. Its text does not hold the record's content.
 *
 * @param person whom it is about
 * @param routedAt when the router had it, milliseconds since 1970
 * @param value the scrubbed record's value
 */
record Routed(String person, long routedAt, Payload value) {
  private static final int VERSION = 1;

  byte[] toBytes() {
    return new BytesWriter()
        .octet(VERSION)
        .text(person)
        .ordered(routedAt)
        .bytes(value.bytes())
        .toByteArray();
  }

  static Routed fromBytes(byte[] bytes) {
    BytesReader in = BytesReader.of(bytes, VERSION);
    return new Routed(in.text(), in.ordered(), new Payload(in.bytes()));
  }

  static Serde<Routed> serde() {
    return Serdes.serdeFrom(
        (topic, routed) -> routed.toBytes(), (topic, bytes) -> fromBytes(bytes));
  }

  @Override
  public String toString() {
    return "Routed[...]";
  }
}
