// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Spreads work evenly: at most so many turns a second, without bursts after a pause. */
public final class Pace {
  /** Turns that were missed are caught up with, unless it took longer than this to come back. */
  private static final long FORGIVEN_NANOS = 200_000_000L;

  private final double nanosPerTurn;
  private final LongSupplier nanoClock;
  private final LongConsumer sleep;
  private double next;

  /**
   * @param perSecond turns a second, above zero
   */
  public Pace(double perSecond) {
    this(perSecond, System::nanoTime, LockSupport::parkNanos);
  }

  Pace(double perSecond, LongSupplier nanoClock, LongConsumer sleep) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate above zero, not " + perSecond);
    }
    this.nanosPerTurn = 1e9 / perSecond;
    this.nanoClock = nanoClock;
    this.sleep = sleep;
    this.next = (double) nanoClock.getAsLong();
  }

  /**
   * Waits for the next turn.
   *
   * @return false when the thread was interrupted instead
   */
  public boolean await() {
    long now = nanoClock.getAsLong();
    next = Math.max(next + nanosPerTurn, (double) (now - FORGIVEN_NANOS));
    while (now < next && !Thread.currentThread().isInterrupted()) {
      sleep.accept((long) next - now);
      now = nanoClock.getAsLong();
    }
    return !Thread.currentThread().isInterrupted();
  }
}
