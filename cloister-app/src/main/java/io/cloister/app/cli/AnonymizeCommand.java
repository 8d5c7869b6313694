// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.anonymize.file.FileAnonymizer;
import io.cloister.anonymize.file.FileReport;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The anonymizer over a file. */
@Command(
    name = "anonymize",
    description =
        "Releases the rows of a CSV file in arrival order, each person hidden among k, and reports.",
    mixinStandardHelpOptions = true)
final class AnonymizeCommand implements Callable<Integer> {
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
      description = "Rows with a header, UTF-8, in arrival order.")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the released rows go; replaced if it exists.")
  private Path output;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "FILE",
      description = "Where the counts go, for you alone; replaced if it exists.")
  private Path report;

  @Option(
      names = "--delay-rows",
      required = true,
      paramLabel = "N",
      description = "How many rows may come between a row and its release.")
  private long delayRows;

  @Option(
      names = "--separator",
      defaultValue = ",",
      paramLabel = "CHAR",
      description = "Between the columns of the input. Default: ${DEFAULT-VALUE}")
  private String separator;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (separator.length() != 1 || "\"\r\n".contains(separator)) {
      throw new ParameterException(
          spec.commandLine(), "--separator: one character, no quote and no line end");
    }
    if (delayRows < 0) {
      throw new ParameterException(spec.commandLine(), "--delay-rows: at least 0");
    }
    TopologyConfig pipeline = ConfigReader.read(config, Purpose.ANONYMIZE_FILE).orThrow();
    Path parent = config.toAbsolutePath().getParent();
    Path base = parent == null ? Path.of("/") : parent;
    FileReport done =
        new FileAnonymizer(pipeline, base, InstantSource.system())
            .run(input, separator.charAt(0), output, delayRows);
    done.write(report);
    print(done);
    return ExitCode.DONE.number();
  }

  /** On standard error: what is suppressed is for the operator alone. */
  private void print(FileReport done) {
    spec.commandLine()
        .getErr()
        .printf(
            "%d rows of %d people; %d released in %d cells, %d suppressed, %d late%n",
            done.records(),
            done.people(),
            done.released(),
            done.cells(),
            done.suppressed(),
            done.late());
  }
}
