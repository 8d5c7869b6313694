// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Results go to standard output, logs and failures to standard error. */
@Command(
    name = "cloister",
    description = "A privacy pipeline for educational events on Kafka Streams.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CheckCommand.class,
      DocsCommand.class,
      RunCommand.class,
      ExplainCommand.class,
      TopicsCommand.class,
      AnonymizeCommand.class,
      ProfileCommand.class,
      AggregateCommand.class,
      GenerateCommand.class,
      ScanCommand.class,
      DeadlettersCommand.class,
      KeysCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the input or config is wrong",
      "2:usage",
      "3:the environment failed (broker, registry, keys)",
      "70:a defect of Cloister; please report it",
    })
public final class Main {
  /**
   * @param args the command and its options
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /**
   * Runs one command to its end.
   *
   * @param out where results go
   * @param err where failures go
   * @param args the command and its options
   * @return the exit code, of those that {@code cloister --help} lists
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          ExitCode code = ExitCode.of(failure);
          command.getErr().println(command.getColorScheme().errorText(code.line(failure)));
          return code.number();
        });
    if (args.length == 0) {
      commandLine.usage(err);
      return ExitCode.USAGE.number();
    }
    return commandLine.execute(args);
  }
}
