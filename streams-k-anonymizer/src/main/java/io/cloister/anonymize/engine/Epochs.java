// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.time.Duration;

/**
 * Epochs of event time, numbered from 1970-01-01T00:00Z.
 *
 * @param length of an epoch
 * @param grace how long after its end an epoch still takes events
 */
public record Epochs(Duration length, Duration grace) {
  /**
   * @param time an event time, milliseconds since 1970
   * @return the number of its epoch
   */
  public long of(long time) {
    return Math.floorDiv(time, length.toMillis());
  }

  /**
   * @param time the newest event time seen, milliseconds since 1970
   * @return the oldest epoch that still takes events
   */
  public long oldestOpen(long time) {
    return of(time - grace.toMillis());
  }
}
