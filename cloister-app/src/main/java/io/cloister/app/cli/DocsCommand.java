// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.config.ConfigDocs;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the pages that are generated from the config model. */
@Command(
    name = "docs",
    description = "Writes config reference and JSON Schema anew.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class DocsCommand implements Callable<Integer> {
  @Option(
      names = "--output",
      defaultValue = "docs",
      description = "The directory. Default: ${DEFAULT-VALUE}")
  private Path directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (Map.Entry<String, String> page : new TreeMap<>(ConfigDocs.pages()).entrySet()) {
      Path file = directory.resolve(page.getKey());
      try {
        Files.writeString(file, page.getValue());
      } catch (IOException e) {
        throw new EnvironmentException("cannot write " + file + ": is the directory there?");
      }
      spec.commandLine().getOut().println("wrote " + file);
    }
    return ExitCode.DONE.number();
  }
}
