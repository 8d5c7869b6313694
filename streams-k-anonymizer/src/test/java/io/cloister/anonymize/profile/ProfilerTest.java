// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.anonymize.Configs;
import io.cloister.anonymize.file.FileAnonymizer;
import io.cloister.anonymize.file.FileReport;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
  private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);
  private static final int ROWS = 400;

  private final Path dir;
  private final Path sample;

  ProfilerTest(@TempDir Path dir) throws IOException {
    this.dir = dir;
    StringBuilder rows = new StringBuilder("who,birth,region,credits\n");
    SplittableRandom random = new SplittableRandom(7);
    for (int row = 0; row < ROWS; row++) {
      rows.append("p").append(random.nextInt(300)).append(',');
      rows.append(1990 + random.nextInt(20)).append("-0").append(1 + random.nextInt(9));
      rows.append("-01,r").append(random.nextInt(5)).append(',');
      rows.append(random.nextInt(240)).append('\n');
    }
    this.sample = Files.writeString(dir.resolve("sample.csv"), rows);
  }

  @Test
  void everyPointIsWhatAnonymizeDoesOnTheSameSettings() {
    Profile profile = profile(all(5), grid(List.of(2, 8), 20L, 100L));

    assertThat(profile.grid())
        .extracting(point -> List.of((long) point.k(), point.delayRows()))
        .containsExactly(
            List.of(2L, 20L),
            List.of(2L, 100L),
            List.of(5L, 20L),
            List.of(5L, 100L),
            List.of(8L, 20L),
            List.of(8L, 100L));
    for (GridPoint point : profile.grid()) {
      assertThat(point.report()).isEqualTo(anonymize(all(point.k()), point.delayRows()));
    }
    assertThat(profile.own().k()).isEqualTo(5);
    assertThat(profile.own().delayRows()).isEqualTo(100);
  }

  @Test
  void everyWhatIfIsWhatAnonymizeDoesWithTheConfigEdited() {
    Profile profile = profile(all(5), grid(List.of(), 50L));

    FileReport withoutRegion =
        anonymize(Configs.k(5).qi("birth", dates(1, 5)).qi("credits", credits(30, 60)), 50);
    FileReport coarser =
        anonymize(
            Configs.k(5)
                .qi("birth", dates(5))
                .qi("region", new HierarchyConfig.Flat())
                .qi("credits", credits(30, 60)),
            50);
    assertThat(profile.whatIfs())
        .extracting(whatIf -> whatIf.field() + " " + whatIf.change())
        .containsExactly(
            "birth LEFT_OUT",
            "birth FINEST_STEP_LEFT_OUT",
            "region LEFT_OUT",
            "credits LEFT_OUT",
            "credits FINEST_STEP_LEFT_OUT");
    assertThat(profile.whatIfs().get(2).report()).isEqualTo(withoutRegion);
    assertThat(profile.whatIfs().get(2).othersAfter()).isEqualTo(withoutRegion.glm());
    assertThat(profile.whatIfs().get(1).report()).isEqualTo(coarser);
    FileReport own = profile.own().report();
    assertThat(profile.whatIfs().get(1).othersBefore())
        .isEqualTo(
            (own.quasiIdentifiers().get(1).loss() + own.quasiIdentifiers().get(2).loss()) / 2);
  }

  @Test
  void delaysThatTheSampleIsNoLongerThanAreLeftOut() {
    Profile profile = profile(all(5), grid(List.of(), 50L, 399L, 400L, 5000L));
    assertThat(profile.grid()).extracting(GridPoint::delayRows).containsExactly(50L, 399L);
    assertThat(profile.tooLong()).containsExactly(400L, 5000L);
  }

  @Test
  void shortestDelayIsKeptWhenAllAreTooLong() {
    Profile profile = profile(all(5), grid(List.of(), 5000L, 700L));
    assertThat(profile.grid()).extracting(GridPoint::delayRows).containsExactly(700L);
    assertThat(profile.tooLong()).containsExactly(5000L);
  }

  /** The config waits for two seconds. */
  @Test
  void rateAddsTheDelayOfTheConfig() {
    Grid grid = new Grid(List.of(), List.of(20L, 100L, 200L), Optional.of(new BigDecimal("35.4")));
    Profile profile = profile(all(5), grid);
    assertThat(profile.grid())
        .extracting(GridPoint::delayRows)
        .containsExactly(20L, 70L, 100L, 200L);
    assertThat(profile.own().delayRows()).isEqualTo(70);
  }

  @Test
  void progressCountsUpToTheLastRun() {
    List<Integer> done = new ArrayList<>();
    new Profiler(all(5).build(), dir, STILL)
        .run(sample, ',', grid(List.of(2), 20L), (runs, all) -> done.add(runs * 100 + all));
    assertThat(done).containsExactly(107, 207, 307, 407, 507, 607, 707);
  }

  @Test
  void sampleWithoutRowsIsRefused() throws IOException {
    Files.writeString(sample, "who,birth,region,credits\n");
    assertThatThrownBy(() -> profile(all(5), grid(List.of(), 20L)))
        .isInstanceOf(InputException.class);
  }

  private Profile profile(Configs config, Grid grid) {
    return new Profiler(config.subject("who").build(), dir, STILL)
        .run(sample, ',', grid, (done, all) -> {});
  }

  private FileReport anonymize(Configs config, long delayRows) {
    TopologyConfig built = config.subject("who").build();
    return new FileAnonymizer(built, dir, STILL)
        .run(sample, ',', dir.resolve("out.csv"), delayRows);
  }

  private static Grid grid(List<Integer> ks, Long... delays) {
    return new Grid(ks, List.of(delays), Optional.empty());
  }

  private static Configs all(int k) {
    return Configs.k(k)
        .qi("birth", dates(1, 5))
        .qi("region", new HierarchyConfig.Flat())
        .qi("credits", credits(30, 60));
  }

  private static HierarchyConfig dates(int... years) {
    List<DateStep> steps = new ArrayList<>();
    for (int count : years) {
      steps.add(new DateStep(DateStep.Unit.YEAR, count));
    }
    return new HierarchyConfig.Dates(steps);
  }

  private static HierarchyConfig credits(int... widths) {
    List<BigDecimal> steps = new ArrayList<>();
    for (int width : widths) {
      steps.add(BigDecimal.valueOf(width));
    }
    return new HierarchyConfig.Intervals(steps);
  }
}
