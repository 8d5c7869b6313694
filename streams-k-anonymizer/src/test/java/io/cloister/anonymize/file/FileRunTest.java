// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.anonymize.Configs;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.HierarchyConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRunTest {
  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final BigDecimal TWENTY = BigDecimal.valueOf(20);

  private final Path dir;

  FileRunTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private FileReport run(Configs config, String rows) throws IOException {
    Path input = Files.writeString(dir.resolve("in.csv"), rows);
    return new FileAnonymizer(config.build(), dir, InstantSource.system())
        .run(input, ',', dir.resolve("out.csv"), 10);
  }

  private static Configs config() {
    return Configs.k(2).qi("gender", new HierarchyConfig.Flat()).subject("who");
  }

  @Test
  void nameIsOnePersonHoweverItsAccentsAreEncoded() throws IOException {
    FileReport report = run(config(), "who,gender\nJos\u00e9,F\nJose\u0301,F\n");
    assertThat(report.people()).isOne();
    assertThat(report.released()).isZero();
  }

  @Test
  void peopleOfSmallRegionsAreReleasedTogetherAndWithoutTheirRegion() throws IOException {
    String rows = "who,gender,school\np1,F,a\np2,F,a\np3,F,b\np4,F,c\np1,F,a\np3,F,b\n";
    FileReport report = run(config().publish("school").shardBy(1, "school"), rows);
    assertThat(Files.readString(dir.resolve("out.csv")))
        .isEqualTo(
            """
            row,released_at,gender,school
            0,1,F,a
            1,1,F,a
            4,4,F,a
            2,5,F,*
            5,5,F,*
            3,5,F,*
            """);
    assertThat(report.secondChance()).isEqualTo(3);
    assertThat(report.cells()).isEqualTo(2);
    assertThat(report.suppressed()).isZero();

    FileReport without =
        run(config().publish("school").shardBy(1, "school").withoutSecondChance(), rows);
    assertThat(without.secondChance()).isZero();
    assertThat(without.suppressed()).isEqualTo(3);
  }

  /**
   * The cell's people are all of the person's first school: beside another, one would stand out.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherRegionThanThePersonsIsNotTold(boolean secondChance) throws IOException {
    Configs config = config().publish("school").shardBy(1, "school");
    run(
        secondChance ? config : config.withoutSecondChance(),
        "who,gender,school\np1,F,a\np2,F,a\np1,F,b\np1,F,a\n");
    assertThat(Files.readString(dir.resolve("out.csv")))
        .isEqualTo(
            """
            row,released_at,gender,school
            0,1,F,a
            1,1,F,a
            2,2,F,*
            3,3,F,a
            """);
  }

  @Test
  void numbersThatAreEqualAreOneSensitiveValue() throws IOException {
    Configs diverse = config().sensitive("score", 2);
    assertThat(run(diverse, "who,gender,score\np1,F,90\np2,F,90.0\np3,F,9e1\n").released())
        .isZero();
    assertThat(run(diverse, "who,gender,score\np1,F,90\np2,F,90.5\n").released()).isEqualTo(2);
  }

  @Test
  void reportSaysWhatEachQuasiIdentifierLostAndOnWhichLevel() throws IOException {
    Configs two = config().qi("age", new HierarchyConfig.Intervals(List.of(TEN, TWENTY)));
    FileReport report = run(two, "who,gender,age\np1,F,1\np2,F,15\np3,M,70\n");

    // The first two meet under F and [0..20), the third meets nobody.
    assertThat(report.quasiIdentifiers())
        .extracting(field -> field.field().toString(), FieldReport::levels)
        .containsExactly(tuple("gender", List.of(2L, 0L)), tuple("age", List.of(0L, 2L, 0L)));
    assertThat(report.quasiIdentifiers())
        .extracting(FieldReport::loss)
        .containsExactly(1 / 3.0, (2 * 0.5 + 1) / 3);
    assertThat(report.glm()).isEqualTo((1 / 3.0 + (2 * 0.5 + 1) / 3) / 2);
  }

  @Test
  void holdsCountTheRowsBetweenArrivalAndRelease() throws IOException {
    FileReport report = run(config(), "who,gender\np1,F\np2,M\np3,F\np4,F\np5,F\n");
    // 0 waits for 2; 2, 3 and 4 go at once; 1 finds nobody.
    assertThat(report.longestHold()).isEqualTo(2);
    assertThat(report.p99Hold()).isEqualTo(2);
    assertThat(report.medianHold()).isZero();
  }

  /** Section 5.1 of the paper on t-closeness: three of the nine salaries, which are the lowest. */
  @Test
  void reportTellsWhatCellsHaveComeTo() throws IOException {
    StringBuilder rows = new StringBuilder("who,gender,score\n");
    for (int salary = 3; salary <= 11; salary++) {
      rows.append(salary).append(salary < 6 ? ",F," : ",M,").append(salary).append('\n');
    }
    Configs configs =
        config()
            .sensitive(
                "score",
                new AnonymizeConfig.Sensitive(
                    1,
                    Optional.empty(),
                    Optional.of(
                        new AnonymizeConfig.TCloseness(
                            new BigDecimal("0.9"), AnonymizeConfig.Distance.ORDERED, List.of()))));
    JsonNode report = run(configs, rows.toString()).toJson();

    assertThat(report.at("/achieved/k").asInt()).isEqualTo(2);
    assertThat(report.at("/achieved/sensitive/score/l_distinct").asInt()).isEqualTo(2);
    assertThat(report.at("/achieved/sensitive/score/l_entropy").asDouble()).isEqualTo(2);
    JsonNode women = report.at("/smallest_cells/0");
    assertThat(women.at("/labels/0").asText()).isEqualTo("F");
    assertThat(women.at("/people").asInt()).isEqualTo(3);
    assertThat(women.at("/sensitive/score/l_distinct").asInt()).isEqualTo(2);
    assertThat(women.at("/sensitive/score/t").asDouble()).isZero();
    assertThat(women.at("/sensitive/score/t_at_end").asDouble()).isEqualTo(0.375);
    assertThat(report.toString()).doesNotContain("\"11\"");
  }

  @Test
  void reportMeasuresWhereNoConditionIsAskedFor() throws IOException {
    String rows = "who,gender,score\np1,F,a\np2,F,a\np3,M,b\np4,M,a\np4,M,b\n";
    JsonNode report = run(config().sensitive("score", 1), rows).toJson();

    // The last record makes the cell uniform again, by the latest values.
    assertThat(report.at("/achieved/sensitive/score/l_distinct").asInt()).isOne();
    assertThat(report.at("/smallest_cells/1/sensitive/score/l_distinct").asInt()).isOne();
    assertThat(report.at("/smallest_cells/1/sensitive/score/t").asDouble()).isEqualTo(0.5);
  }
}
