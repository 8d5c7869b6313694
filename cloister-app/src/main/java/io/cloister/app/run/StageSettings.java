// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.config.SourceConfig;
import io.cloister.common.kafka.MessageSizes;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * Settings of a Kafka Streams application, in three layers: ours where users may choose otherwise,
 * the user's, ours where the guarantees rest on them ({@code ClientSettings} refuses those).
 */
final class StageSettings {
  private static final int DEFAULT_MAX_BYTES = 900_000;

  private StageSettings() {}

  /**
   * @param setup what is run
   * @param applicationId the application
   * @param exactlyOnce whether its output must be transactional; at-least-once is the scrubber's,
   *     whose output is deterministic, so that the stages behind it drop what they have seen
   * @return the settings
   */
  static Properties of(PipelineSetup setup, String applicationId, boolean exactlyOnce) {
    Properties settings = new Properties();
    settings.putAll(defaults(setup));
    settings.putAll(batching(setup.batch(), exactlyOnce));
    settings.putAll(setup.kafka().streams());
    settings.putAll(guarantees(setup, applicationId, exactlyOnce));
    return settings;
  }

  private static Map<String, Object> defaults(PipelineSetup setup) {
    boolean production = setup.config().topics().replicas() > 1;
    return Map.ofEntries(
        // A transaction that begins right after another is told to come back while that one's
        // markers are being written: a matter of milliseconds, not of the default of 100.
        Map.entry(producer("retry.backoff.ms"), "5"),
        // What a read_committed reader waits for at most, under load: the anonymizer commits within
        // 50 ms when the stream is calm. A commit costs the broker as much as the work of many
        // records.
        Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000"),
        Map.entry(StreamsConfig.POLL_MS_CONFIG, "10"),
        Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, setup.config().runtime().threads()),
        // Stores that change the same entries again and again spare their changelogs.
        Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "33554432"),
        // A crashed instance's held records have deadlines.
        Map.entry(consumer("session.timeout.ms"), "10000"),
        Map.entry(consumer("heartbeat.interval.ms"), "2000"),
        // Where a task reads several topics, the oldest record goes first; where it reads one,
        // there
        // is nothing to wait for, and finding that out for each record is not free.
        Map.entry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, hasOneTopic(setup) ? "-1" : "0"),
        Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, production ? "1" : "0"),
        Map.entry(
            StreamsConfig.REPLICATION_FACTOR_CONFIG,
            String.valueOf(setup.config().topics().replicas())));
  }

  private static boolean hasOneTopic(PipelineSetup setup) {
    return setup.config().source().filter(source -> source.topics().size() > 1).isEmpty();
  }

  /**
   * Nobody reads what a transaction writes before its commit, which sends what is left; until then
   * batches may fill, and the broker has fewer of them. Outside a transaction every record waits
   * for its batch; with one request under way at a time, batches grow by themselves when the broker
   * is busy.
   */
  private static Map<String, Object> batching(boolean batch, boolean exactlyOnce) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(producer("batch.size"), "65536");
    if (exactlyOnce) {
      settings.put(producer("linger.ms"), "100");
    } else {
      settings.put(producer("linger.ms"), batch ? "20" : "0");
      settings.put(producer("max.in.flight.requests.per.connection"), "1");
    }
    if (batch) {
      settings.put(consumer("fetch.min.bytes"), "65536");
      settings.put(consumer("fetch.max.wait.ms"), "50");
    }
    return settings;
  }

  private static Map<String, Object> guarantees(
      PipelineSetup setup, String applicationId, boolean exactlyOnce) {
    int maxMessageBytes =
        new MessageSizes(
                setup.config().source().map(SourceConfig::maxBytes).orElse(DEFAULT_MAX_BYTES))
            .maxMessageBytes();
    return Map.ofEntries(
        Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, applicationId),
        Map.entry(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE),
        Map.entry(consumer("isolation.level"), "read_committed"),
        Map.entry(consumer("auto.offset.reset"), "earliest"),
        Map.entry(producer("acks"), "all"),
        Map.entry(producer("enable.idempotence"), "true"),
        // No batch is ever given up while later ones go on: the next stages drop a record whose
        // source offset they have passed.
        Map.entry(producer("delivery.timeout.ms"), String.valueOf(Integer.MAX_VALUE)),
        Map.entry(producer("max.request.size"), String.valueOf(maxMessageBytes)),
        Map.entry(
            StreamsConfig.TOPIC_PREFIX + "max.message.bytes", String.valueOf(maxMessageBytes)),
        Map.entry(
            StreamsConfig.STATE_DIR_CONFIG,
            setup.base().resolve(setup.config().runtime().stateDir()).toString()),
        Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true"),
        // Stages dead-letter by themselves, encrypted. What they did not foresee stops them.
        Map.entry(
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailExceptionHandler.class.getName()),
        Map.entry(
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailProcessingExceptionHandler.class.getName()));
  }

  private static String producer(String name) {
    return StreamsConfig.producerPrefix(name);
  }

  private static String consumer(String name) {
    return StreamsConfig.consumerPrefix(name);
  }
}
