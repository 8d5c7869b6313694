// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.anonymize.Configs;
import io.cloister.anonymize.Shared;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.config.TopologyConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Real files through the engine, judged from outside by a checker that shares no code with it. */
class KcheckTest {
  private static final int K = 10;
  private static final String STUDENT =
      "gender,region,highest_education,imd_band,age_band,disability,num_of_prev_attempts,"
          + "studied_credits";

  /** With the loss and the share released at once that the choice of cells has to keep to. */
  private record Run(
      String input,
      String hierarchies,
      String prefix,
      String quasiIdentifiers,
      String person,
      double mostLoss,
      double leastAtOnce) {}

  @Test
  void adultPasses(@TempDir Path dir, TestReporter reporter) throws Exception {
    check(
        new Run(
            "data/adult/adult.csv",
            "data/adult",
            "adult_hierarchy_",
            "sex,age,race,marital-status,education,native-country,workclass,occupation",
            "",
            0.200,
            0.45),
        dir,
        reporter);
  }

  @Test
  void submissionsPass(@TempDir Path dir, TestReporter reporter) throws Exception {
    check(
        new Run(
            "data/oulad/stream_submissions_AAA-DDD.csv",
            "data/oulad/hierarchies",
            "",
            STUDENT,
            "id_student",
            0.215,
            0.85),
        dir,
        reporter);
  }

  @Test
  void pageViewsPass(@TempDir Path dir, TestReporter reporter) throws Exception {
    check(
        new Run(
            "data/oulad/stream_vle_AAA2013J_sample.csv",
            "data/oulad/hierarchies",
            "",
            STUDENT,
            "id_student",
            0.420,
            0.76),
        dir,
        reporter);
  }

  private static void check(Run run, Path dir, TestReporter reporter) throws Exception {
    Path input = Shared.file(run.input());
    Path hierarchies = Shared.file(run.hierarchies());
    Configs configs = Configs.k(K);
    for (String qi : run.quasiIdentifiers().split(",", -1)) {
      configs.qi(qi, new HierarchyConfig.File(run.prefix() + qi + ".csv"));
    }
    TopologyConfig config =
        run.person().isEmpty() ? configs.build() : configs.subject(run.person()).build();
    Path output = dir.resolve("out.csv");

    FileReport report =
        new FileAnonymizer(config, hierarchies, InstantSource.system())
            .run(input, ';', output, 1000);

    List<String> options =
        new ArrayList<>(
            List.of(
                "--original",
                input.toString(),
                "--released",
                output.toString(),
                "--qi",
                run.quasiIdentifiers(),
                "--hierarchies",
                hierarchies.toString(),
                "--prefix",
                run.prefix(),
                "--k",
                String.valueOf(K)));
    if (!run.person().isEmpty()) {
      options.addAll(List.of("--person", run.person()));
    }
    JsonNode verdict = Kcheck.verdict(options.toArray(String[]::new));
    reporter.publishEntry(report.toJson().toString());
    reporter.publishEntry(verdict.toString());
    for (String zero : List.of("violations", "opened_early", "disorder", "uncovered", "narrowed")) {
      assertThat(verdict.get(zero).asDouble()).as(zero).isZero();
    }
    assertThat(verdict.get("glm").asDouble()).isLessThanOrEqualTo(run.mostLoss());
    assertThat(verdict.get("immediate").asDouble()).isGreaterThanOrEqualTo(run.leastAtOnce());
    assertThat(verdict.get("hold_max").asLong()).isLessThanOrEqualTo(1000);
    assertThat(verdict.get("released").asLong()).isEqualTo(report.released());
    assertThat(verdict.get("suppressed").asLong()).isEqualTo(report.suppressed());
    assertThat(verdict.get("classes").asLong()).isEqualTo(report.cells());
    assertThat(verdict.get("hold_max").asLong()).isEqualTo(report.longestHold());
    assertThat(verdict.get("hold_p50").asLong()).isEqualTo(report.medianHold());
    assertThat(verdict.get("hold_p99").asLong()).isEqualTo(report.p99Hold());
    assertThat(verdict.get("glm").asDouble())
        .isCloseTo(report.glm(), org.assertj.core.data.Offset.offset(1e-4));
  }
}
