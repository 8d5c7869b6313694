// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final TopologyConfig CONFIG =
      ConfigReader.read(Path.of("src/main/resources/demo/topology.yaml"), Purpose.RUN_ALL)
          .orThrow();
  private static final FollowedEvent EVENT =
      new FollowedEvent(
          Flat.of(
              "{\"actor\":{\"name\":\"Ada Birch\"},\"region\":\"Elm County\",\"context\":{\"device\":\"phone\"},"
                  + "\"result\":{\"response\":\"Please call me at (620) 555-0101 or write, whatever is easier for you.\"}}"),
          Flat.of(
              "{\"actor\":{\"name\":\"REDACTED\"},\"region\":\"Elm County\","
                  + "\"result\":{\"response\":\"Please call me at <PHONE> or write, whatever is easier for you.\"}}"),
          Flat.of("{\"region\":\"Valley\"}"));

  @Test
  void eachFieldTellsWhatHappenedToIt() {
    assertThat(lines(new Palette(false), 120))
        .anyMatch(line -> line.matches("actor.name +Ada Birch +REDACTED +- +redacted, withheld"))
        .anyMatch(line -> line.matches("region +Elm County +Elm County +Valley +kept, generalized"))
        .anyMatch(line -> line.matches("context.device +phone +- +- +not listed: dropped"));
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    for (int width : List.of(78, 99, 100, 120, 140)) {
      assertThat(lines(new Palette(false), width)).allMatch(line -> line.length() <= width);
    }
  }

  @Test
  void wrappingLosesNoText() {
    String text = String.join(" ", lines(new Palette(false), 78)).replaceAll("\\s+", " ");
    assertThat(text).contains("easier").contains("<PHONE>").contains("555-0101");
  }

  @Test
  void thereIsNoColourWhereNoneIsWanted() {
    assertThat(lines(Palette.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true), 120))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(lines(Palette.of(Map.of("TERM", "xterm"), false), 120))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(lines(Palette.of(Map.of("TERM", "xterm"), true), 120))
        .anyMatch(line -> line.contains("\u001b[31mAda Birch\u001b[0m"));
  }

  private static List<String> lines(Palette palette, int width) {
    return new SideBySide(CONFIG, palette, width).lines(EVENT);
  }
}
