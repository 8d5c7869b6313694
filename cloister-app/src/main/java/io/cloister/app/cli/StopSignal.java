// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.error.EnvironmentException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and SIGTERM into an orderly end: the process stays until what it runs is closed. */
final class StopSignal implements AutoCloseable {
  private static final int SECONDS_TO_CLOSE = 60;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "cloister-stop");

  private StopSignal() {}

  /**
   * @return a signal that is given when the process is asked to end
   */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      if (!closed.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param time how long to wait at most
   * @return whether the signal was given
   */
  boolean await(Duration time) {
    try {
      return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", e);
    }
  }

  /** Tells that everything is closed, and lets a process that waits for it end. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
      return;
    }
  }
}
