// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.app.console.Console;
import io.cloister.app.console.StatusPage;
import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.app.run.Accounting;
import io.cloister.app.run.FileFeeder;
import io.cloister.app.run.PipelineRunner;
import io.cloister.app.run.PipelineSetup;
import io.cloister.app.run.Stage;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.record.Formats;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs stages until told to stop, or until a file has gone through. */
@Command(
    name = "run",
    description = "Runs stages against a cluster, or against a broker in this process.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(200);

  /** What {@code --stage} takes. */
  enum StageChoice {
    /** The scrubber. */
    SCRUB(Purpose.RUN_SCRUB),
    /** The anonymizer. */
    ANONYMIZE(Purpose.RUN_ANONYMIZE),
    /** The aggregator. */
    AGGREGATE(Purpose.RUN_AGGREGATE),
    /** All that the config has sections for. */
    ALL(Purpose.RUN_ALL);

    private final Purpose purpose;

    StageChoice(Purpose purpose) {
      this.purpose = purpose;
    }

    private Set<Stage> stages(TopologyConfig config) {
      return this == ALL ? PipelineSetup.stagesOf(config) : Set.of(Stage.valueOf(name()));
    }
  }

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The topology config.")
  private Path file;

  @Option(
      names = "--stage",
      defaultValue = "all",
      description = "scrub, anonymize, aggregate or all (default).")
  private StageChoice stage;

  @Option(
      names = "--embedded",
      description =
          "Run a broker in this process, with its data under runtime.state-dir, instead of using"
              + " the cluster of the config.")
  private boolean embedded;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Produce this file, CSV or JSON lines, to the first raw topic.")
  private @Nullable Path input;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Events a second of --input; 0 (default) for as fast as it goes.")
  private double rate;

  @Option(
      names = "--separator",
      paramLabel = "C",
      defaultValue = ",",
      description = "Between the columns of a CSV --input; a comma by default.")
  private char separator;

  @Option(
      names = "--until-done",
      description = "End when every stage has treated what the raw topics held.")
  private boolean untilDone;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!(rate >= 0)) {
      throw new InputException("--rate: events a second, 0 or above");
    }
    if (input != null) {
      FileFeeder.requireReadable(input);
    }
    TopologyConfig config = ConfigReader.read(file, stage.purpose).orThrow();
    // The broker is closed last: stages need it to leave in order.
    try (EmbeddedBroker broker = embedded ? EmbeddedBroker.start(brokerDir(config)) : null;
        StopSignal stop = StopSignal.install()) {
      ClientSettings kafka =
          broker == null
              ? new ClientSettings(config.kafka())
              : ClientSettings.of(broker.bootstrapServers());
      run(config, kafka, stop);
    }
    return ExitCode.DONE.number();
  }

  private Path brokerDir(TopologyConfig config) {
    return base().resolve(config.runtime().stateDir()).resolve("embedded-broker");
  }

  private void run(TopologyConfig config, ClientSettings kafka, StopSignal stop) {
    PrintWriter out = spec.commandLine().getOut();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PipelineSetup setup =
        new PipelineSetup(
            config,
            base(),
            kafka,
            stage.stages(config),
            untilDone,
            embedded,
            metrics,
            InstantSource.system());
    long held;
    try (PipelineRunner runner = PipelineRunner.start(setup);
        Console console =
            config
                .runtime()
                .port()
                .map(port -> console(port, setup, runner, metrics))
                .orElse(null)) {
      out.println("running at " + kafka.properties().get("bootstrap.servers"));
      if (console != null) {
        out.println("status at http://localhost:" + console.port() + "/");
      }
      // Only what the stages need for the events shall count, not what they need to start.
      boolean running = waitUntil(runner::isHealthy, runner, stop);
      long start = System.nanoTime();
      OptionalLong fed = running ? feed(config, kafka, out) : OptionalLong.empty();
      boolean done = waitUntil(() -> untilDone && runner.isDone(), runner, stop);
      double seconds = (System.nanoTime() - start) / 1e9;
      held = runner.held();
      if (done) {
        out.println(throughput(fed.orElseGet(() -> read(metrics)), seconds));
      }
    }
    out.print(Accounting.of(metrics).describe());
    if (held > 0) {
      out.println("held for the next run: " + held);
    }
    out.flush();
  }

  /** Waits for a condition, and says whether it came true before the process was told to stop. */
  private static boolean waitUntil(
      BooleanSupplier condition, PipelineRunner runner, StopSignal stop) {
    while (!condition.getAsBoolean()) {
      runner
          .failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
      if (stop.await(TICK)) {
        return false;
      }
    }
    return true;
  }

  /** What came into the first of the stages. */
  private static long read(PrometheusMeterRegistry metrics) {
    Accounting accounting = Accounting.of(metrics);
    return accounting.stages().keySet().stream()
        .mapToLong(name -> accounting.count(name, "in"))
        .max()
        .orElse(0);
  }

  private String throughput(long events, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d events in %.1f s, %s: %,.0f events/s",
        events,
        seconds,
        stage == StageChoice.ALL ? "all stages" : stage.name().toLowerCase(Locale.ROOT),
        events / seconds);
  }

  private OptionalLong feed(TopologyConfig config, ClientSettings kafka, PrintWriter out) {
    if (input == null) {
      return OptionalLong.empty();
    }
    SourceConfig source =
        config
            .source()
            .orElseThrow(() -> new InputException("--input: the config has no section source"));
    long fed =
        new FileFeeder(kafka, source, Formats.of(config, base())).feed(input, separator, rate);
    out.println("produced " + fed + " events to " + source.topics().get(0));
    return OptionalLong.of(fed);
  }

  /** Whoever sets a port wants to reach it from elsewhere. */
  private static Console console(
      int port, PipelineSetup setup, PipelineRunner runner, PrometheusMeterRegistry metrics) {
    return Console.start(
        new InetSocketAddress(port),
        runner::isHealthy,
        () -> StatusPage.render(setup.config().pipeline(), runner.states(), Accounting.of(metrics)),
        metrics::scrape);
  }

  private Path base() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }
}
