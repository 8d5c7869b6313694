// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.common.error.EnvironmentException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks again and again until there is something to see or the time is up. */
final class Patience {
  private static final long PAUSE_MILLIS = 50;

  private final InstantSource clock;
  private final Instant deadline;
  private final Runnable check;

  /**
   * @param clock tells the time
   * @param limit how long to wait for everything together
   * @param check throws when waiting has become pointless
   */
  Patience(InstantSource clock, Duration limit, Runnable check) {
    this.clock = clock;
    this.deadline = clock.instant().plus(limit);
    this.check = check;
  }

  /**
   * @param what is waited for
   * @param look what is there by now
   * @return what came
   * @throws EnvironmentException when it did not come in time
   */
  <T> T await(String what, Supplier<Optional<T>> look) {
    while (true) {
      check.run();
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (clock.instant().isAfter(deadline)) {
        throw new EnvironmentException(
            "the demo waited in vain for " + what + ": is this machine very busy?");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("the demo was interrupted", e);
    }
  }
}
