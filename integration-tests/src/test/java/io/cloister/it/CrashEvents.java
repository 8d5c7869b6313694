// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import io.cloister.app.generator.Pace;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events of ever more students, at a steady pace for as long as it takes. Each follows from its
 * number alone. Eight students are a team and come up one after the other; one in twenty is a team
 * of one.
 */
final class CrashEvents implements AutoCloseable {
  static final String TOPIC = "events";

  private static final int PER_SECOND = 250;
  private static final int EVENTS_PER_NEW_STUDENT = 10;
  private static final String[] COURSES = {"art", "law", "math", "other"};

  /** In the past, so that no event is dated ahead however long the test takes. */
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(23));

  private final Map<SourcePosition, Integer> produced = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;

  CrashEvents(ClientSettings kafka) {
    this.thread = new Thread(() -> produce(kafka), "crash-events");
    thread.start();
  }

  private void produce(ClientSettings kafka) {
    Pace pace = new Pace(PER_SECOND);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int row = 0; !stopped.get() && pace.await(); row++) {
        int number = row;
        var unused =
            producer.send(
                new ProducerRecord<>(TOPIC, bytes(name(student(row))), bytes(value(row))),
                (at, failed) -> {
                  if (failed == null) {
                    produced.put(
                        new SourcePosition(at.topic(), at.partition(), at.offset()), number);
                  } else {
                    failure.compareAndSet(null, failed);
                  }
                });
      }
    }
  }

  /** Produces no more; gives the number of the event at each position. */
  Map<SourcePosition, Integer> stop() {
    close();
    if (failure.get() != null) {
      throw new IllegalStateException("not all events were produced", failure.get());
    }
    return Map.copyOf(produced);
  }

  @Override
  public void close() {
    stopped.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** No JSON, and so a dead letter. */
  static boolean isBroken(int row) {
    return row % 97 == 96;
  }

  static int student(int row) {
    int known = 1 + row / EVENTS_PER_NEW_STUDENT;
    return row % 3 == 0 ? known - 1 : (int) (row * 31L % known);
  }

  /** What a raw record says of a person, and nothing behind the scrubber may. */
  static String name(int student) {
    return "student-" + student + "@example.org";
  }

  static String campus(int student) {
    return "c" + student / 8 % 4;
  }

  static String team(int student) {
    return student % 20 == 7 ? "alone-" + student : "team-" + student / 8;
  }

  /** One in forty has a decade alone as well, and must be suppressed. */
  static int year(int student) {
    return student % 40 == 27 ? 2_100 + student : 1988 + student / 8 % 5;
  }

  static String decade(int student) {
    int first = year(student) / 10 * 10;
    return first + "-" + (first + 9);
  }

  private String value(int row) {
    int student = student(row);
    if (isBroken(row)) {
      return "broken " + name(student);
    }
    return """
    {"student":"%s","row":%d,"campus":"%s","team":"%s","year":"%d","course":"%s","score":%d,"at":"%s"}"""
        .formatted(
            name(student),
            row,
            campus(student),
            team(student),
            year(student),
            COURSES[row * 7 % COURSES.length],
            row * 13 % 100,
            start.plusSeconds(row));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
