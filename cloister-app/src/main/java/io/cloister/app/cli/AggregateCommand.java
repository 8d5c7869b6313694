// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.aggregate.file.FileAggregator;
import io.cloister.aggregate.file.FileReport;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.keys.Keyset;
import io.cloister.common.keys.Keysets;
import io.cloister.common.record.Formats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The aggregator over a file. */
@Command(
    name = "aggregate",
    description =
        "Releases differentially private figures of a file of JSON lines, with a ledger of its own.",
    mixinStandardHelpOptions = true)
final class AggregateCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The topology config.")
  private Path config;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Events, one JSON object a line.")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the figures go, one JSON object a line; replaced if it exists.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TopologyConfig pipeline = ConfigReader.read(config, Purpose.AGGREGATE_FILE).orThrow();
    Path parent = config.toAbsolutePath().getParent();
    Path base = parent == null ? Path.of("/") : parent;
    Keyset keyset = Keysets.forConfig(pipeline, base, true);
    FileAggregator aggregator =
        new FileAggregator(
            pipeline, base, Formats.of(pipeline, base), keyset, InstantSource.system());
    print(aggregator.run(input, output));
    return ExitCode.DONE.number();
  }

  /** On standard error: these counts are exact, so they are for the operator alone. */
  private void print(FileReport report) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%d events; %d releases, %d refused%n",
        report.events(), report.releases(), report.refusals());
    err.printf(
        "counted once a query: %d late, %d of no declared group or value, %d out of bounds%n",
        report.late(), report.unusable(), report.outOfBounds());
    new TreeMap<>(report.unreadable())
        .forEach(
            (kind, count) ->
                err.printf(
                    "%d unreadable: %s%n",
                    count, kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }
}
