// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events to a topic, without keys, as a learning platform would. */
public final class EventProducer implements AutoCloseable {
  private final Producer<String, String> producer;
  private final String topic;
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * @param kafka how to reach the cluster
   * @param topic where events go
   */
  public EventProducer(ClientSettings kafka, String topic) {
    this.producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new StringSerializer());
    this.topic = topic;
  }

  /**
   * Sends an event without waiting for the broker's answer.
   *
   * @param event the event
   * @throws EnvironmentException when the broker did not take this event or an earlier one
   */
  public void send(CampusEvent event) {
    if (failed.get()) {
      throw refused();
    }
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, event.json()),
              (metadata, failure) -> {
                if (failure != null) {
                  failed.set(true);
                }
              });
    } catch (KafkaException e) {
      throw refused();
    }
  }

  /** Waits until everything is sent. */
  @Override
  public void close() {
    producer.close();
  }

  private EnvironmentException refused() {
    return new EnvironmentException("The broker does not take events for topic " + topic);
  }
}
