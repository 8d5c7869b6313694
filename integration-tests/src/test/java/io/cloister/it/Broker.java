// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

/** A running broker of one node. */
interface Broker extends AutoCloseable {
  /** Host and port. */
  String bootstrapServers();

  @Override
  void close();
}
