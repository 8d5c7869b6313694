// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.aggregate;

import io.cloister.aggregate.continual.PersonBound;
import io.cloister.aggregate.continual.ToeplitzCounter;
import io.cloister.aggregate.continual.TreeCounter;
import io.cloister.aggregate.noise.Rational;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how far running totals are off, ours and those of simpler mechanisms. */
@Command(
    name = "ContinualError",
    mixinStandardHelpOptions = true,
    description = "Prints mean squared errors of running totals, by formula, as tables.")
public final class ContinualError implements Callable<Integer> {
  // So small that the rounding of releases to integers does not show.
  private static final long UNIT = 1_000_000;

  @Option(names = "--steps", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Long> steps = List.of(52L, 365L, 1_000L, 8_760L, 1_000_000L);

  @Option(
      names = "--steps-of-a-person",
      split = ",",
      description = "In how many steps a person counts. Default: ${DEFAULT-VALUE}.")
  private List<Long> counts = List.of(1L, 5L, 30L);

  @Spec private CommandSpec spec;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new ContinualError());
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Pure epsilon, times 1 / epsilon^2:");
    out.println();
    header(out, "tree with subtraction | arity, levels");
    each(
        (total, count) -> {
          OtherTotals other = new OtherTotals(total, count);
          TreeCounter tree = new TreeCounter(total, bound(count), Rational.of(1, UNIT));
          line(
              out,
              total,
              count,
              other.freshTotalsPure(),
              other.freshWindowsPure(),
              other.binaryTreePure(),
              tree.meanSquaredError() / UNIT / UNIT,
              tree.shape().arity() + ", " + tree.shape().levels());
        });
    out.println();
    out.println("zCDP, times 1 / (2 rho):");
    out.println();
    header(out, "Toeplitz | numbers a group");
    each(
        (total, count) -> {
          OtherTotals other = new OtherTotals(total, count);
          ToeplitzCounter counter =
              new ToeplitzCounter(total, bound(count), Rational.of(1, 2 * UNIT));
          line(
              out,
              total,
              count,
              other.freshTotalsConcentrated(),
              other.freshWindowsConcentrated(),
              other.binaryTreeConcentrated(),
              counter.meanSquaredError() / UNIT,
              Integer.toString(counter.start().numbers()));
        });
    return 0;
  }

  private interface Line {
    void print(long steps, long count);
  }

  private void each(Line line) {
    for (long total : steps) {
      for (long count : counts) {
        line.print(total, Math.min(total, count));
      }
    }
  }

  private static PersonBound bound(long count) {
    return new PersonBound(count, 1, BigInteger.ONE);
  }

  private static void header(PrintWriter out, String last) {
    out.println(
        "| steps | of a person | totals afresh | windows afresh, added up | binary tree | "
            + last
            + " |");
    out.println("|---|---|---|---|---|---|---|");
  }

  private static void line(
      PrintWriter out,
      long total,
      long count,
      double freshTotals,
      double freshWindows,
      double binaryTree,
      double ours,
      String remark) {
    out.printf(
        Locale.ROOT,
        "| %,d | %d | %s | %s | %s | **%s** | %s |%n",
        total,
        count,
        text(freshTotals),
        text(freshWindows),
        text(binaryTree),
        text(ours),
        remark);
  }

  private static String text(double error) {
    return error < 100
        ? String.format(Locale.ROOT, "%.2f", error)
        : error < 1e9
            ? String.format(Locale.ROOT, "%,.0f", error)
            : String.format(Locale.ROOT, "%.1e", error);
  }
}
