// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.generator.CampusEvent;
import io.cloister.app.generator.CampusEvents;
import io.cloister.app.generator.EventProducer;
import io.cloister.app.generator.Pace;
import io.cloister.common.error.EnvironmentException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events at a steady rate, in a thread of their own, until closed. */
final class Traffic implements AutoCloseable {
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable EnvironmentException> failure = new AtomicReference<>();
  private final Thread thread;

  /**
   * @param events where events come from
   * @param producer where they go; closed with this
   * @param perSecond how many
   * @param witness is told of each event before it is sent
   */
  Traffic(
      CampusEvents events,
      EventProducer producer,
      double perSecond,
      Consumer<CampusEvent> witness) {
    this.thread =
        new Thread(
            () -> {
              try (producer) {
                Pace pace = new Pace(perSecond);
                while (!closed.get() && pace.await()) {
                  CampusEvent event = events.next();
                  witness.accept(event);
                  producer.send(event);
                  sent.incrementAndGet();
                }
              } catch (EnvironmentException e) {
                failure.set(e);
              }
            },
            "demo-traffic");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @return how many events were sent
   */
  long sent() {
    return sent.get();
  }

  /**
   * @return why the broker takes no more events, if it does not
   */
  Optional<EnvironmentException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops, and waits until the broker has everything. */
  @Override
  public void close() {
    closed.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
