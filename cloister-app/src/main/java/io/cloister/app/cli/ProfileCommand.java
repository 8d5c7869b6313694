// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.anonymize.profile.Grid;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.Profiler;
import io.cloister.app.profile.ProfileChart;
import io.cloister.app.profile.ProfileJson;
import io.cloister.app.profile.ProfileText;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a config would do to a sample, before going live. */
@Command(
    name = "profile",
    description =
        "Shows on a sample how k, delay and hierarchies trade information for delay, and who stands"
            + " out in it. For operators only: the figures are exact.",
    mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
  private static final int PROGRESS_LINES = 20;

  @Parameters(
      paramLabel = "FILE",
      index = "0",
      description = "The sample: rows with a header, UTF-8, in arrival order.")
  private Path input;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The topology config.")
  private Path config;

  @Option(
      names = "--separator",
      defaultValue = ",",
      paramLabel = "CHAR",
      description = "Between the columns of the sample. Default: ${DEFAULT-VALUE}")
  private String separator;

  @Option(
      names = "--k",
      split = ",",
      defaultValue = "2,5,10,20,50",
      paramLabel = "K",
      description = "Which k to try, beside the config's own. Default: ${DEFAULT-VALUE}")
  private List<Integer> ks = List.of();

  @Option(
      names = "--delay-rows",
      split = ",",
      defaultValue = "100,1000,10000",
      paramLabel = "N",
      description = "Which delays to try, in rows. Default: ${DEFAULT-VALUE}")
  private List<Long> delays = List.of();

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Events a second on the topic: shows each delay as a max-delay, and tries the config's.")
  private Optional<BigDecimal> rate = Optional.empty();

  @Option(
      names = "--plot",
      defaultValue = "profile.svg",
      paramLabel = "FILE.svg",
      description = "Where the picture goes; replaced if it exists. Default: ${DEFAULT-VALUE}")
  private Path plot;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where everything goes as JSON; replaced if it exists.")
  private Optional<Path> json = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    usage(
        separator.length() == 1 && !"\"\r\n".contains(separator),
        "--separator: one character, no quote and no line end");
    usage(ks.stream().allMatch(k -> k >= 2), "--k: at least 2");
    usage(delays.stream().allMatch(delay -> delay >= 0), "--delay-rows: at least 0");
    usage(rate.filter(perSecond -> perSecond.signum() <= 0).isEmpty(), "--rate: above 0");
    Set<Path> files = new HashSet<>(Set.of(whole(input)));
    usage(
        files.add(whole(config)) && files.add(whole(plot)), "--plot: another file than those read");
    usage(
        json.map(ProfileCommand::whole).filter(file -> !files.add(file)).isEmpty(),
        "--json: another file than those read and the picture");
    TopologyConfig pipeline = ConfigReader.read(config, Purpose.ANONYMIZE_FILE).orThrow();
    Path parent = config.toAbsolutePath().getParent();
    Path base = parent == null ? Path.of("/") : parent;
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Profile profile =
        new Profiler(pipeline, base, InstantSource.system())
            .run(
                input,
                separator.charAt(0),
                new Grid(ks, delays, rate),
                (done, all) -> progress(err, done, all));
    write(plot, ProfileChart.of(profile));
    json.ifPresent(file -> write(file, ProfileJson.of(profile).toPrettyString() + "\n"));
    ProfileText.of(profile, pipeline.anonymize().orElseThrow(), rate).forEach(out::println);
    out.println();
    out.println("Picture: " + plot);
    json.ifPresent(file -> out.println("Everything as JSON: " + file));
    return ExitCode.DONE.number();
  }

  private static Path whole(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static void progress(PrintWriter err, int done, int all) {
    if (done * PROGRESS_LINES / all > (done - 1) * PROGRESS_LINES / all) {
      err.printf("%d of %d runs over the sample%n", done, all);
    }
  }

  private void usage(boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new EnvironmentException("cannot write " + file + ": is its directory there?");
    }
  }
}
