// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.keys.KeysetFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes keysets. */
@Command(
    name = "keys",
    description = "Makes the keyset of a pipeline.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "create",
      description =
          "Writes new random keys to a file of mode 0600; never overwrites one. Whoever loses the"
              + " file loses the way from dead letters to their records and breaks every token"
              + " series; whoever else reads it can undo tokens.",
      mixinStandardHelpOptions = true)
  int create(@Parameters(paramLabel = "FILE", description = "The file to write.") Path file) {
    KeysetFile.create(file);
    spec.commandLine()
        .getOut()
        .println(
            "created "
                + file
                + "; name it in the config: keys: { provider: file, uri: \"file:"
                + file.toAbsolutePath().normalize()
                + "\" }");
    return ExitCode.DONE.number();
  }
}
