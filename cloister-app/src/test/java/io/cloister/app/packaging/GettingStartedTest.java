// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the first page tells newcomers to write must work. */
class GettingStartedTest {
  private static final Path PAGE = Path.of("../docs/getting-started.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void theConfigOnThePageIsValidAloneAndWithTheClusterAdded() throws IOException {
    List<String> blocks =
        YAML.matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(2);
    assertThat(ConfigReader.read("page", blocks.get(0), Purpose.CHECK).problems()).isEmpty();
    assertThat(ConfigReader.read("page", blocks.get(0) + blocks.get(1), Purpose.RUN_ALL).problems())
        .isEmpty();
  }
}
