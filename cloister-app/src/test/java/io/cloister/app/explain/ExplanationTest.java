// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cloister explain} and {@code cloister check} as a user sees them. */
class ExplanationTest {
  private static final String EXAMPLE = "../docs/examples/topology.yaml";
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/cloister/app/explain/example.txt");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final Path directory;

  ExplanationTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theExampleIsExplainedInTheWordsOfTheGoldenFile() throws IOException {
    assertThat(run("explain", EXAMPLE)).isZero();

    assertThat(out.toString())
        .as("what ./cloister explain docs/examples/topology.yaml prints")
        .isEqualToNormalizingNewlines(Files.readString(GOLDEN));
  }

  @Test
  void aFieldIsExplainedAlone() {
    assertThat(run("explain", EXAMPLE, "postalCode")).isZero();

    assertThat(out.toString())
        .contains("released as 12345, else 123**, else 1****, else *")
        .doesNotContain("birthDate");
  }

  @Test
  void aFieldThatNobodyNamedIsSaidToBeDropped() {
    assertThat(run("explain", EXAMPLE, "actor.homePage")).isZero();

    assertThat(out.toString()).contains("drops it, as it does every field that is not listed");
  }

  @Test
  void aFieldThatIsNoPathIsAMistakeOfUsage() {
    assertThat(run("explain", EXAMPLE, "a..b")).isEqualTo(2);

    assertThat(err.toString()).contains("names joined by dots");
  }

  @Test
  void whatNoQuotaCanPayIsSaidLoudly() throws IOException {
    Path config = example("0.03", "0.3");

    assertThat(run("explain", config.toString())).isZero();

    assertThat(out.toString())
        .contains("plus or minus 30 in 95")
        .contains("The quota pays for 3 of them.")
        .contains("MORE THAN THE QUOTA")
        .contains("MORE THAN THE BUDGET")
        .contains("warning: ");
  }

  @Test
  void nestedEpochsAreToldApart() throws IOException {
    Path config = example("epochs: independent", "epochs: nested");

    assertThat(run("explain", config.toString())).isZero();

    assertThat(out.toString())
        .contains("Epochs are nested")
        .doesNotContain("Epochs are independent");
  }

  @Test
  void theCheckOfAValidConfigEndsWithZero() {
    assertThat(run("check", EXAMPLE)).isZero();

    assertThat(out.toString()).contains("valid");
  }

  @Test
  void theCheckOfABrokenConfigTellsEveryProblemAndEndsWithOne() throws IOException {
    Path config = example("actor.name: redact", "actor.name: redakt");

    assertThat(run("check", config.toString())).isEqualTo(1);

    assertThat(out.toString())
        .startsWith(
            config + ":15:17 scrub.fields.actor.name: found 'redakt'; allowed one of detect, drop")
        .contains("did you mean redact?");
  }

  @Test
  void aFileThatIsNotThereEndsWithOne() {
    assertThat(run("check", directory.resolve("none.yaml").toString())).isEqualTo(1);

    assertThat(err.toString()).contains("cannot read");
  }

  @Test
  void theGeneratedPagesAreWritten() throws IOException {
    assertThat(run("docs", "--output", directory.toString())).isZero();

    assertThat(Files.readString(directory.resolve("config.md")))
        .isEqualTo(Files.readString(Path.of("../docs/config.md")));
  }

  private Path example(String from, String to) throws IOException {
    String yaml = Files.readString(Path.of(EXAMPLE));
    Path hierarchies = Files.createDirectories(directory.resolve("hierarchies"));
    Files.copy(
        Path.of("../docs/examples/hierarchies/region.csv"), hierarchies.resolve("region.csv"));
    return Files.writeString(directory.resolve("topology.yaml"), yaml.replace(from, to));
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
