// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * A decision and where it was made.
 *
 * @param region the region
 * @param decision what becomes of an event
 * @param <R> what names a region
 */
public record Decided<R>(R region, Decision decision) {
  @Override
  public String toString() {
    return "Decided[" + decision + "]";
  }
}
