// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.app.explain.Explanation;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.Reading;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.path.FieldPath;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says in plain words what a config does. */
@Command(
    name = "explain",
    description = "Says in plain words what leaves, to whom, at what price.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", index = "0", description = "The topology config.")
  private Path file;

  @Parameters(
      paramLabel = "FIELD",
      index = "1",
      arity = "0..1",
      description = "A field of the raw events: what happens to it alone.")
  private Optional<String> field = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Reading reading = ConfigReader.read(file, Purpose.CHECK);
    TopologyConfig config = reading.orThrow();
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    List<String> lines =
        field
            .map(text -> Explanation.of(config, directory, path(text)))
            .orElseGet(() -> Explanation.of(config, directory));
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    if (field.isEmpty() && !reading.problems().isEmpty()) {
      out.println();
      reading.problems().forEach(problem -> out.println(problem.describe(reading.file())));
    }
    return ExitCode.DONE.number();
  }

  private FieldPath path(String text) {
    try {
      return FieldPath.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "FIELD: allowed are " + e.getMessage());
    }
  }
}
