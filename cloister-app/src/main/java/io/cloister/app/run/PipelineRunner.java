// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.app.topics.PlannedTopic;
import io.cloister.app.topics.TopicAdmin;
import io.cloister.app.topics.TopicPlan;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.error.CloisterException;
import io.cloister.common.error.InputException;
import io.cloister.common.keys.Keyset;
import io.cloister.common.keys.Keysets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs stages: chained, each as a Kafka Streams application of its own, or fused, all of them as
 * one. Either way records pass through the {@code scrubbed} topic.
 */
public final class PipelineRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PipelineRunner.class);

  private final List<StageApplication> applications;
  private final List<KafkaStreamsMetrics> metrics = new ArrayList<>();
  private final PipelineSetup setup;
  private Optional<Completion> completion = Optional.empty();

  private PipelineRunner(PipelineSetup setup, List<StageApplication> applications) {
    this.setup = setup;
    this.applications = applications;
  }

  /**
   * Checks topics, keys and arrangement, then starts the stages; returns before they run.
   *
   * @param setup what to run
   * @return the running stages
   * @throws InputException when topics contradict the config or are missing, the arrangement or the
   *     token key is another than before, or keys are missing
   * @throws io.cloister.common.error.EnvironmentException when the cluster does not answer
   */
  public static PipelineRunner start(PipelineSetup setup) {
    Arrangement arrangement = setup.config().runtime().arrangement();
    if (arrangement == Arrangement.FUSED
        && !setup.stages().equals(PipelineSetup.stagesOf(setup.config()))) {
      throw new InputException(
          "--stage: runtime.arrangement is fused: all stages run as one application");
    }
    Keyset keyset = Keysets.forConfig(setup.config(), setup.base(), setup.development());
    prepareTopics(setup);
    Deployment deployment =
        new Deployments(setup.kafka(), setup.names(), UUID::randomUUID)
            .establish(arrangement, keyset.tokens());
    StageTopologies topologies = new StageTopologies(setup, keyset, deployment);
    PipelineRunner runner =
        new PipelineRunner(
            setup,
            arrangement == Arrangement.FUSED
                ? fused(setup, topologies)
                : chained(setup, topologies));
    runner.start();
    return runner;
  }

  private static void prepareTopics(PipelineSetup setup) {
    try (TopicAdmin admin = new TopicAdmin(setup.kafka())) {
      List<PlannedTopic> missing = admin.missing(TopicPlan.of(setup.config()).all());
      if (setup.development()) {
        admin.create(missing);
      } else if (!missing.isEmpty()) {
        throw new InputException(
            "topics are missing: "
                + String.join(", ", missing.stream().map(PlannedTopic::name).toList())
                + ": `cloister topics FILE --create` creates Cloister's own, raw topics are yours");
      }
    }
  }

  private static List<StageApplication> chained(PipelineSetup setup, StageTopologies topologies) {
    List<StageApplication> applications = new ArrayList<>();
    for (Stage stage : EnumSet.copyOf(setup.stages())) {
      applications.add(
          application(
              setup,
              topologies,
              stage.applicationId(setup.names()),
              EnumSet.of(stage),
              stage != Stage.SCRUB));
    }
    return List.copyOf(applications);
  }

  private static List<StageApplication> fused(PipelineSetup setup, StageTopologies topologies) {
    return List.of(
        application(setup, topologies, setup.names().fusedApplication(), setup.stages(), true));
  }

  private static StageApplication application(
      PipelineSetup setup,
      StageTopologies topologies,
      String id,
      Set<Stage> stages,
      boolean exactlyOnce) {
    Properties settings = StageSettings.of(setup, id, exactlyOnce);
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
    stages.forEach(stage -> topologies.add(stage, builder));
    return new StageApplication(id, builder.build(settings), settings);
  }

  private void start() {
    for (StageApplication application : applications) {
      KafkaStreamsMetrics binder = new KafkaStreamsMetrics(application.streams());
      binder.bindTo(setup.metrics());
      metrics.add(binder);
      application.start();
      log.atInfo().addKeyValue("application", application.id()).log("Started");
    }
  }

  /**
   * @return application id to state
   */
  public Map<String, KafkaStreams.State> states() {
    Map<String, KafkaStreams.State> states = new LinkedHashMap<>();
    applications.forEach(application -> states.put(application.id(), application.state()));
    return states;
  }

  /**
   * @return whether every stage runs
   */
  public boolean isHealthy() {
    return applications.stream()
        .allMatch(application -> application.state() == KafkaStreams.State.RUNNING);
  }

  /**
   * @return why a stage stopped for good, if one did
   */
  public Optional<CloisterException> failure() {
    return applications.stream().flatMap(application -> application.failure().stream()).findFirst();
  }

  /**
   * Asked again and again, from one thread.
   *
   * @return whether every stage runs and has treated all that its topics held, nothing waits for a
   *     deadline, and the outcome can be read; only where all stages of the config run in this
   *     process
   */
  public boolean isDone() {
    // Until its state is restored, a stage does not know what it holds.
    if (!isHealthy()) {
      return false;
    }
    if (completion.isEmpty()) {
      completion = Optional.of(new Completion(setup, applications, this::waiting));
    }
    return completion.get().isReached();
  }

  /**
   * @return how many records the anonymizer of this process holds
   */
  public long held() {
    return gauged("cloister.held");
  }

  private long gauged(String name) {
    return (long) setup.metrics().find(name).gauges().stream().mapToDouble(Gauge::value).sum();
  }

  private long waiting() {
    return held() + gauged("cloister.windows.unfinished");
  }

  /** Stops every stage; what is held stays in the stores for the next run. */
  @Override
  public void close() {
    completion.ifPresent(Completion::close);
    metrics.forEach(KafkaStreamsMetrics::close);
    applications.forEach(StageApplication::close);
  }
}
