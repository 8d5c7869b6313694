// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.console.Console;
import io.cloister.app.console.StatusPage;
import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.app.generator.CampusEvents;
import io.cloister.app.generator.EventProducer;
import io.cloister.app.run.Accounting;
import io.cloister.app.run.PipelineRunner;
import io.cloister.app.run.PipelineSetup;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Starts everything the demo needs in this process, shows it, and takes it down again. */
public final class Demo {
  private static final Duration TO_START = Duration.ofMinutes(1);
  private static final double MALFORMED = 0.005;
  private static final int PORT = 8321;

  /** Set by the launcher script, which can tell; Java cannot in all its releases. */
  private static final String TERMINAL = "cloister.terminal";

  private final Settings settings;
  private final Screen screen;
  private final Predicate<Duration> stop;
  private final InstantSource clock;

  /**
   * What a user chooses.
   *
   * @param once whether to end after one full round
   * @param students how many students there are
   * @param rate events a second
   * @param seed decides who the students are and what they do
   */
  public record Settings(boolean once, int students, double rate, long seed) {}

  /**
   * @param settings what the user chose
   * @param screen where to show it
   * @param stop waits at most so long, and tells whether the user wants no more
   * @param clock tells the time
   */
  Demo(Settings settings, Screen screen, Predicate<Duration> stop, InstantSource clock) {
    this.settings = settings;
    this.screen = screen;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * @param settings what the user chose
   * @param out where to show it
   * @param stop waits at most so long, and tells whether the user wants no more
   * @param clock tells the time
   * @return a demo for whoever looks at this process's output
   */
  public static Demo onTerminal(
      Settings settings, PrintWriter out, Predicate<Duration> stop, InstantSource clock) {
    Map<String, String> environment = System.getenv();
    Palette palette = Palette.of(environment, Boolean.getBoolean(TERMINAL));
    return new Demo(settings, Screen.of(out, palette, environment, clock), stop, clock);
  }

  /**
   * Runs the demo to its end.
   *
   * @throws EnvironmentException when something does not start, or nothing comes out in time
   */
  public void run() {
    screen.title("Cloister: invented students, a real Kafka broker, three stages, one process");
    try (Workspace workspace = Workspace.create();
        EmbeddedBroker broker =
            screen.step(
                "starting a broker",
                () -> EmbeddedBroker.start(workspace.dir().resolve("broker")))) {
      workspace.nameCluster(broker.bootstrapServers());
      TopologyConfig config = ConfigReader.read(workspace.config(), Purpose.RUN_ALL).orThrow();
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      PipelineSetup setup =
          new PipelineSetup(
              config,
              workspace.dir(),
              ClientSettings.of(broker.bootstrapServers()),
              PipelineSetup.stagesOf(config),
              false,
              true,
              metrics,
              clock);
      try (PipelineRunner runner =
              screen.step(
                  "starting scrub, anonymize, aggregate", () -> PipelineRunner.start(setup));
          Console console = console(setup, runner, metrics)) {
        screen.step("waiting until they run", () -> awaitHealthy(runner));
        screen.lines(List.of("  status and metrics at http://localhost:" + console.port() + "/"));
        show(workspace, setup, runner);
      }
    }
  }

  private boolean awaitHealthy(PipelineRunner runner) {
    new Patience(clock, TO_START, stop, () -> throwFailureOf(runner))
        .await(
            "the stages to start", () -> runner.isHealthy() ? Optional.of(true) : Optional.empty());
    return true;
  }

  private void show(Workspace workspace, PipelineSetup setup, PipelineRunner runner) {
    TopicNames names = setup.names();
    EventTrail trail = new EventTrail();
    Answers answers = new Answers();
    AggregateConfig aggregate = setup.config().aggregate().orElseThrow();
    List<String> followed = new ArrayList<>(List.of(names.scrubbed(), names.anonymized()));
    List<String> figures = aggregate.consumers().keySet().stream().map(names::aggregates).toList();
    CampusEvents events =
        new CampusEvents(
            settings.students(), MALFORMED, new SplittableRandom(settings.seed()), clock);
    String raw = setup.config().source().orElseThrow().topics().get(0);
    Instant since = clock.instant();
    try (TopicTail records =
            new TopicTail(
                setup.kafka(),
                followed,
                (topic, value) -> {
                  if (topic.equals(names.scrubbed())) {
                    trail.scrubbed(value);
                  } else {
                    trail.anonymized(value);
                  }
                });
        TopicTail releases =
            new TopicTail(setup.kafka(), figures, (topic, value) -> answers.add(value));
        Traffic traffic =
            new Traffic(
                events, new EventProducer(setup.kafka(), raw), settings.rate(), trail::produced)) {
      screen.lines(
          List.of(
              "  "
                  + (long) settings.rate()
                  + " events a second from "
                  + settings.students()
                  + " students of four schools; one in 200 is broken on purpose"));
      Runnable check =
          () -> {
            throwFailureOf(runner);
            records.check();
            releases.check();
            traffic.failure().ifPresent(Demo::raise);
          };
      new Tour(setup, settings, screen, clock, stop, check)
          .guide(new Tour.Sights(trail, answers, traffic, since, runner, workspace.config()));
    }
  }

  private static void throwFailureOf(PipelineRunner runner) {
    runner
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static void raise(EnvironmentException failure) {
    throw failure;
  }

  /** On the loopback address; on any free port when another Cloister has the usual one. */
  private static Console console(
      PipelineSetup setup, PipelineRunner runner, PrometheusMeterRegistry metrics) {
    try {
      return console(PORT, setup, runner, metrics);
    } catch (EnvironmentException e) {
      return console(0, setup, runner, metrics);
    }
  }

  private static Console console(
      int port, PipelineSetup setup, PipelineRunner runner, PrometheusMeterRegistry metrics) {
    return Console.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        runner::isHealthy,
        () -> StatusPage.render(setup.config().pipeline(), runner.states(), Accounting.of(metrics)),
        metrics::scrape);
  }
}
