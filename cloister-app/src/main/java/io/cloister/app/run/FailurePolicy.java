// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.error.BugException;
import io.cloister.common.error.CloisterException;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stage when one of its threads dies. If the environment failed, the stage waits
 * and a new thread tries again from the last commit, so nothing is dropped; anything else stops it.
 * Logs hold names of classes, never messages, which may quote a record.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(FailurePolicy.class);
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final int SHORT_WAITS = 6;

  private final String application;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<CloisterException> fatal = new AtomicReference<>();
  private int failures;

  /**
   * @param application the application, for the log
   */
  FailurePolicy(String application) {
    this.application = application;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    List<Throwable> chain = chain(failure);
    if (mayPass(chain)) {
      log.atWarn()
          .addKeyValue("application", application)
          .addKeyValue("failure", names(chain))
          .log("Waiting, then trying again from the last commit");
      waitBeforeNextTry();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    CloisterException reason = reason(chain);
    log.atError()
        .addKeyValue("application", application)
        .addKeyValue("failure", names(chain))
        .log("Stopping");
    fatal.compareAndSet(null, reason);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * @return why the application stopped for good, if it did
   */
  Optional<CloisterException> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  /** Ends all waiting. */
  void close() {
    closing.countDown();
  }

  private static boolean mayPass(List<Throwable> chain) {
    return chain.stream()
        .anyMatch(
            link -> link instanceof EnvironmentException || link instanceof RetriableException);
  }

  private CloisterException reason(List<Throwable> chain) {
    for (Throwable link : chain) {
      if (link instanceof CloisterException ours) {
        return ours;
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    boolean environment =
        root instanceof IOException
            || root.getClass().getName().startsWith("org.rocksdb.")
            || (root instanceof KafkaException && !(root instanceof StreamsException));
    String what = application + " stopped: " + root.getClass().getName();
    return environment ? new EnvironmentException(what) : new BugException(what);
  }

  private void waitBeforeNextTry() {
    int doublings = Math.min(failures(), SHORT_WAITS);
    long millis = Math.min(FIRST_WAIT_MILLIS << doublings, LONGEST_WAIT_MILLIS);
    try {
      boolean closed = closing.await(millis, TimeUnit.MILLISECONDS);
      log.debug("Waited {} ms, closing: {}", millis, closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int failures() {
    return failures++;
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = failure; link != null && chain.size() < 20; link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String names(List<Throwable> chain) {
    return String.join(" < ", chain.stream().map(link -> link.getClass().getName()).toList());
  }
}
