// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.app.demo.Demo;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole pipeline at work on invented events. */
@Command(
    name = "demo",
    description =
        "Runs everything in this process on invented events, and shows one event's way and the"
            + " first figures.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End after one full round.")
  private boolean once;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "300",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--students",
      paramLabel = "N",
      defaultValue = "800",
      description = "How many students there are. Default: ${DEFAULT-VALUE}")
  private int students;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same students. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    // What stages log would run through the tour. Set before the first logger is made.
    if (System.getenv("CLOISTER_LOG_LEVEL") == null) {
      System.setProperty("CLOISTER_LOG_LEVEL", "ERROR");
    }
    try (StopSignal stop = StopSignal.install()) {
      Demo.onTerminal(
              new Demo.Settings(once, students, rate, seed),
              spec.commandLine().getOut(),
              stop::await,
              InstantSource.system())
          .run();
    }
    return ExitCode.DONE.number();
  }
}
