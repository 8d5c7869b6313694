// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.error.InputException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the engine and published algorithms lose on the same events. */
@Command(
    name = "Comparison",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs CASTLE, FADS and Cloister over the same events and prints a table. A cell holds GLM"
          + " (mean loss, 0 to 1), the share released at arrival, the share suppressed, and, where"
          + " people come repeatedly, the share of people narrowed down to fewer than k.",
      "Without --input the events are one of the shared data sets, beside the repository or in"
          + " CLOISTER_SHARED."
    })
public final class Comparison implements Callable<Integer> {
  private interface Maker {
    StreamAnonymizer make(Sample sample, int k, int delay, long seed);
  }

  private record Algorithm(String name, Maker maker) {}

  private static final List<Algorithm> ALGORITHMS =
      List.of(
          new Algorithm(
              "CASTLE, beta 50, mu 100",
              (sample, k, delay, seed) -> new Castle(sample, k, delay, 50, 100, seed)),
          new Algorithm(
              "FADS, T_kc = delay", (sample, k, delay, seed) -> new Fads(sample, k, delay, delay)),
          new Algorithm(
              "FADS, T_kc unlimited",
              (sample, k, delay, seed) -> new Fads(sample, k, delay, Integer.MAX_VALUE)),
          new Algorithm("Cloister", (sample, k, delay, seed) -> new Cloister(sample, k, delay)));

  @Option(names = "--data", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private SharedSample data = SharedSample.adult;

  @Option(names = "--input", description = "A CSV file of one's own, with a header.")
  private Optional<Path> input = Optional.empty();

  @Option(names = "--separator", description = "Of the input. Default: ${DEFAULT-VALUE}.")
  private char separator = ';';

  @Option(names = "--hierarchies", description = "Directory of <prefix><column>.csv in ARX format.")
  private Path hierarchies = Path.of(".");

  @Option(names = "--prefix", description = "Of the hierarchy files' names. Default: none.")
  private String prefix = "";

  @Option(names = "--quasi-identifiers", split = ",", description = "Columns of the input.")
  private List<String> quasiIdentifiers = List.of();

  @Option(names = "--person", description = "Column that names the person. Default: each row.")
  private Optional<String> person = Optional.empty();

  @Option(names = "--k", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> ks = List.of(5, 10, 50, 100);

  @Option(names = "--delays", split = ",", description = "In rows. Default: ${DEFAULT-VALUE}.")
  private List<Integer> delays = List.of(1_000, 10_000);

  @Option(
      names = "--shuffles",
      description = "Random orders beside that of the file. Default: ${DEFAULT-VALUE}.")
  private int shuffles = 5;

  @Option(
      names = "--algorithms",
      split = ",",
      description = "Those whose names begin so. Default: ${DEFAULT-VALUE}.")
  private List<String> algorithms = List.of("CASTLE", "FADS", "Cloister");

  @Spec private CommandSpec spec;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Comparison());
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    command.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          if (exception instanceof InputException) {
            line.getErr().println(exception.getMessage());
            return 1;
          }
          throw exception;
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Sample> sample =
        input.isPresent()
            ? Optional.of(
                Samples.read(input.get(), separator, hierarchies, prefix, quasiIdentifiers, person))
            : data.read();
    if (sample.isEmpty()) {
      out.println(
          "skipped: there is no shared/data beside the repository, and CLOISTER_SHARED names none");
      return 0;
    }
    compare(sample.get(), out);
    return 0;
  }

  private void compare(Sample sample, PrintWriter out) {
    boolean repeats = sample.repeats();
    out.printf(
        "%,d records of %,d people. GLM · at once · suppressed%s%n%n",
        sample.rows().size(), sample.people(), repeats ? " · narrowed" : "");
    out.print("| algorithm | delay | order |");
    ks.forEach(k -> out.print(" k = " + k + " |"));
    out.println(" longest hold |");
    out.println("|---|---|---|" + "---|".repeat(ks.size() + 1));
    List<Sample> shuffled = new ArrayList<>();
    for (int seed = 1; seed <= shuffles; seed++) {
      shuffled.add(sample.shuffled(seed));
    }
    for (int delay : delays) {
      for (Algorithm algorithm : ALGORITHMS) {
        if (algorithms.stream().anyMatch(algorithm.name()::startsWith)) {
          line(algorithm, delay, "file", List.of(sample), repeats, out);
          if (shuffles > 0) {
            line(algorithm, delay, shuffles + " shuffled", shuffled, repeats, out);
          }
        }
      }
    }
  }

  private void line(
      Algorithm algorithm,
      int delay,
      String order,
      List<Sample> samples,
      boolean repeats,
      PrintWriter out) {
    out.printf(Locale.ROOT, "| %s | %,d | %s |", algorithm.name(), delay, order);
    long longestHold = 0;
    for (int k : ks) {
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        verdicts.add(Judge.judge(sample, k, algorithm.maker().make(sample, k, delay, i + 1)));
      }
      out.print(" " + Verdicts.text(verdicts, repeats) + " |");
      out.flush();
      for (Verdict verdict : verdicts) {
        longestHold = Math.max(longestHold, verdict.longestHold());
      }
    }
    out.printf(Locale.ROOT, " %,d |%n", longestHold);
    out.flush();
  }
}
