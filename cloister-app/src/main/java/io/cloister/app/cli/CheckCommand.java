// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a config. */
@Command(
    name = "check",
    description = "Tells every problem of a config at once; exit code 1 if there is an error.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The topology config.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Reading reading = ConfigReader.read(file, Purpose.CHECK);
    PrintWriter out = spec.commandLine().getOut();
    reading.problems().forEach(problem -> out.println(problem.describe(reading.file())));
    if (reading.config().isEmpty()) {
      return ExitCode.INPUT.number();
    }
    out.println(file + ": valid");
    return ExitCode.DONE.number();
  }
}
