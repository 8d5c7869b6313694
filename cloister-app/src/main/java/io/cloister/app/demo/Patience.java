// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.common.error.EnvironmentException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks again and again until there is something to see, the user has had enough, or time is up.
 */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final InstantSource clock;
  private final Instant deadline;
  private final Predicate<Duration> stop;
  private final Runnable check;

  /**
   * @param clock tells the time
   * @param limit how long to wait for everything together
   * @param stop waits at most so long, and tells whether the user wants no more
   * @param check throws when waiting has become pointless
   */
  Patience(InstantSource clock, Duration limit, Predicate<Duration> stop, Runnable check) {
    this.clock = clock;
    this.deadline = clock.instant().plus(limit);
    this.stop = stop;
    this.check = check;
  }

  /**
   * @param what what is waited for
   * @param look what is there by now
   * @return what came; empty when the user stopped it
   * @throws EnvironmentException when it did not come in time
   */
  <T> Optional<T> await(String what, Supplier<Optional<T>> look) {
    while (true) {
      check.run();
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found;
      }
      if (clock.instant().isAfter(deadline)) {
        throw new EnvironmentException(
            "the demo waited in vain for " + what + "; is this machine very busy?");
      }
      if (stop.test(PAUSE)) {
        return Optional.empty();
      }
    }
  }
}
