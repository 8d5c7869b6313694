// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How long to go on asking what does not answer: pauses double from the first to the longest until
 * the total is used up.
 *
 * @param first the first pause, above zero
 * @param longest the longest pause
 * @param total when to give up, counted from the first try
 * @param clock what time it is
 * @param sleeper how to pause
 */
public record Backoff(
    Duration first, Duration longest, Duration total, InstantSource clock, Sleeper sleeper) {

  /** Pauses the current thread. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * @param pause how long
     * @throws InterruptedException when the thread is to end
     */
    void sleep(Duration pause) throws InterruptedException;
  }

  /** Refuses pauses that would make the loop spin. */
  public Backoff {
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("pauses must be above zero and must not shrink");
    }
  }

  /**
   * @return 100 ms to 5 s, 30 s in all: well within the time after which a broker takes a stage's
   *     partitions away
   */
  public static Backoff standard() {
    return new Backoff(
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        InstantSource.system(),
        pause -> Thread.sleep(pause.toMillis()));
  }

  /**
   * @param pause the pause just made
   * @return the next one
   */
  Duration after(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
