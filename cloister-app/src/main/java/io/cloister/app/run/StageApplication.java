// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.error.CloisterException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** One Kafka Streams application: a stage, or all of them fused. */
final class StageApplication implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String id;
  private final KafkaStreams streams;
  private final FailurePolicy failures;

  /**
   * @param id the application id
   * @param topology what it runs
   * @param settings how it runs it
   */
  StageApplication(String id, Topology topology, Properties settings) {
    this.id = id;
    this.streams = new KafkaStreams(topology, settings);
    this.failures = new FailurePolicy(id);
    streams.setUncaughtExceptionHandler(failures);
  }

  String id() {
    return id;
  }

  KafkaStreams streams() {
    return streams;
  }

  void start() {
    streams.start();
  }

  KafkaStreams.State state() {
    return streams.state();
  }

  /**
   * @return why it stopped for good, if it did
   */
  Optional<CloisterException> failure() {
    return failures.fatal();
  }

  /** Leaves the group, so that another instance takes over at once. */
  @Override
  public void close() {
    failures.close();
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT));
  }

  /** Whether its producers hold what the cluster has not taken yet. */
  boolean hasUnsent() {
    return producers("buffer-available-bytes") < producers("buffer-total-bytes");
  }

  private double producers(String metric) {
    return streams.metrics().values().stream()
        .filter(
            found ->
                found.metricName().name().equals(metric)
                    && found.metricName().group().equals("producer-metrics"))
        .mapToDouble(found -> ((Number) found.metricValue()).doubleValue())
        .sum();
  }
}
