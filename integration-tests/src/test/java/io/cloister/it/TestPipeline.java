// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.awaitility.Awaitility.await;

import io.cloister.app.run.Accounting;
import io.cloister.app.run.FileFeeder;
import io.cloister.app.run.PipelineRunner;
import io.cloister.app.run.PipelineSetup;
import io.cloister.app.run.Stage;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.record.Formats;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** A pipeline of one config, run in this process as {@code cloister run} would. */
final class TestPipeline implements AutoCloseable {
  private final TopologyConfig config;
  private final Path base;
  private final ClientSettings kafka;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PipelineRunner runner;

  private TestPipeline(
      TopologyConfig config, Path base, Broker broker, Set<Stage> stages, boolean batch) {
    this.config = config;
    this.base = base;
    this.kafka = ClientSettings.of(broker.bootstrapServers());
    this.runner =
        PipelineRunner.start(
            new PipelineSetup(
                config, base, kafka, stages, batch, true, metrics, InstantSource.system()));
  }

  /** Reads a config among the test resources, its placeholders replaced, into a file of its own. */
  static Path config(Path dir, String resource, Map<String, String> replacements) {
    try (InputStream in = TestPipeline.class.getResourceAsStream(resource)) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> replacement : replacements.entrySet()) {
        yaml = yaml.replace("${" + replacement.getKey() + "}", replacement.getValue());
      }
      Files.createDirectories(dir);
      return Files.writeString(dir.resolve(resource), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts all stages of the config. */
  static TestPipeline start(Broker broker, Path file) {
    TopologyConfig config = ConfigReader.read(file, Purpose.CHECK).orThrow();
    return start(broker, file, PipelineSetup.stagesOf(config));
  }

  /** Starts some stages of the config. */
  static TestPipeline start(Broker broker, Path file, Set<Stage> stages) {
    TopologyConfig config = ConfigReader.read(file, Purpose.CHECK).orThrow();
    return new TestPipeline(config, file.toAbsolutePath().getParent(), broker, stages, false);
  }

  /** Starts all stages of the config, as {@code --until-done} would. */
  static TestPipeline startBatch(Broker broker, Path file) {
    TopologyConfig config = ConfigReader.read(file, Purpose.CHECK).orThrow();
    Set<Stage> stages = PipelineSetup.stagesOf(config);
    return new TestPipeline(config, file.toAbsolutePath().getParent(), broker, stages, true);
  }

  TestPipeline awaitRunning() {
    await().atMost(Duration.ofMinutes(1)).until(this::isHealthyOrThrow);
    return this;
  }

  private boolean isHealthyOrThrow() {
    runner
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return runner.isHealthy();
  }

  long feed(Path file, char separator, double perSecond) {
    return new FileFeeder(kafka, config.source().orElseThrow(), Formats.of(config, base))
        .feed(file, separator, perSecond);
  }

  void awaitDone(Duration atMost) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(atMost)
        .until(() -> isHealthyOrThrow() && runner.isDone());
  }

  Accounting accounting() {
    return Accounting.of(metrics);
  }

  String scrape() {
    return metrics.scrape();
  }

  TopicNames names() {
    return new TopicNames(config.pipeline());
  }

  TopologyConfig config() {
    return config;
  }

  ClientSettings kafka() {
    return kafka;
  }

  @Override
  public void close() {
    runner.close();
  }
}
