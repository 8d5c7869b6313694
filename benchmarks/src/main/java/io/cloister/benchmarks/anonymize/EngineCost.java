// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.benchmarks.CpuProfiler;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how the engine's cost grows with k, the delay and the number of quasi-identifiers. */
@Command(
    name = "EngineCost",
    mixinStandardHelpOptions = true,
    description = "Measures the k-anonymity engine alone, on one thread, and prints a table.")
public final class EngineCost implements Callable<Integer> {
  private record Point(int k, int delay, int quasiIdentifiers) {}

  private record Rate(double perSecond, double error, double perCpuSecond, double bytes) {}

  @Option(names = "--k", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> ks = List.of(5, 10, 50, 100);

  @Option(names = "--delays", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> delays = List.of(100, 1_000, 10_000);

  @Option(names = "--quasi-identifiers", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> quasiIdentifiers = List.of(2, 5, 8, 11, 14);

  @Option(names = "--iterations", description = "Of two seconds each. Default: ${DEFAULT-VALUE}.")
  private int iterations = 3;

  @Option(names = "--people", description = "In memory. Default: ${DEFAULT-VALUE}.")
  private int people = 50_000;

  @Spec private CommandSpec spec;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new EngineCost());
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws RunnerException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "| k | delay | quasi-identifiers | first-time people/s | for a CPU second"
            + " | bytes allocated each | returning events/s | for a CPU second"
            + " | bytes allocated each | bytes held | bytes settled |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (Point point : points()) {
      Rate first = rate("firstTime", point);
      Rate again = rate("returning", point);
      EngineMemory memory = EngineMemory.measure(point.k(), point.quasiIdentifiers(), people);
      out.printf(
          Locale.ROOT,
          "| %d | %,d | %d | %,.0f ± %,.0f | %,.0f | %,.0f | %,.0f ± %,.0f | %,.0f | %,.0f"
              + " | %s | %,.0f |%n",
          point.k(),
          point.delay(),
          point.quasiIdentifiers(),
          first.perSecond(),
          first.error(),
          first.perCpuSecond(),
          first.bytes(),
          again.perSecond(),
          again.error(),
          again.perCpuSecond(),
          again.bytes(),
          Double.isFinite(memory.perHeld())
              ? String.format(Locale.ROOT, "%,.0f", memory.perHeld())
              : "nobody waits",
          memory.perSettled());
      out.flush();
    }
    return 0;
  }

  /** Each varied by itself around k = 10, a delay of 1,000 and 8 quasi-identifiers. */
  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    ks.forEach(k -> points.add(new Point(k, 1_000, 8)));
    delays.forEach(delay -> points.add(new Point(10, delay, 8)));
    quasiIdentifiers.forEach(q -> points.add(new Point(10, 1_000, q)));
    return points.stream().distinct().toList();
  }

  private Rate rate(String benchmark, Point point) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(EngineBenchmark.class.getName() + "." + benchmark + "$")
            .param("k", Integer.toString(point.k()))
            .param("delay", Integer.toString(point.delay()))
            .param("quasiIdentifiers", Integer.toString(point.quasiIdentifiers()))
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(2))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .verbosity(VerboseMode.SILENT);
    RunResult result = new Runner(options.build()).runSingle();
    return new Rate(
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getStatistics().getStandardDeviation(),
        secondary(result, CpuProfiler.RATE),
        secondary(result, "gc.alloc.rate.norm"));
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
  }
}
