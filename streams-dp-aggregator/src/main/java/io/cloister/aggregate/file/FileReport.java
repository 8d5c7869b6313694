// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.file;

import io.cloister.common.record.FailureKind;
import java.util.Map;

/**
 * What became of a file.
 *
 * @param events lines that hold something
 * @param unreadable lines that are no usable event, by what is wrong with them
 * @param late records, once a query, whose window was closed
 * @param unusable records, once a query, without a declared group or a usable value
 * @param outOfBounds records, once a query, beyond their person's bounds
 * @param releases releases that at least one consumer received
 * @param refusals releases that nobody received
 */
public record FileReport(
    long events,
    Map<FailureKind, Long> unreadable,
    long late,
    long unusable,
    long outOfBounds,
    long releases,
    long refusals) {
  /** Takes a copy. */
  public FileReport {
    unreadable = Map.copyOf(unreadable);
  }
}
