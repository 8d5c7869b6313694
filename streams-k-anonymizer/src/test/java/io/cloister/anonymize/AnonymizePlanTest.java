// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.HierarchyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State is used again under equal rules alone, so rules must differ where a class may. */
class AnonymizePlanTest {
  private static final String LINES = "a;x;*\nb;x;*\nc;y;*\n";

  private final Path dir;

  AnonymizePlanTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(dir.resolve("region.csv"), LINES);
  }

  private static Configs config(String file) {
    return Configs.k(3).qi("region", new HierarchyConfig.File(file)).subject("who");
  }

  private String rules(Configs config) {
    return AnonymizePlan.of(config.build(), dir).rules();
  }

  @Test
  void rulesTellWhoseNameMakesAPerson() {
    assertThat(rules(config("region.csv").subject("student")))
        .isNotEqualTo(rules(config("region.csv")));
  }

  @Test
  void rulesTellTheDomainOfThePersonsTokens() {
    assertThat(rules(config("region.csv").tokenized("who", "student")))
        .isEqualTo(rules(config("region.csv").tokenized("who", "student")))
        .isNotEqualTo(rules(config("region.csv").tokenized("who", "account")));
  }

  @Test
  void rulesTellWhatAHierarchysFileHolds() throws IOException {
    String before = rules(config("region.csv"));
    Files.writeString(dir.resolve("region.csv"), "a;x;*\nb;y;*\nc;y;*\n");
    assertThat(rules(config("region.csv"))).isNotEqualTo(before);
  }

  @Test
  void rulesAreTheSameWhereverTheFileIsAndHoweverItsLinesAreOrdered() throws IOException {
    Files.writeString(dir.resolve("moved.csv"), "c;y;*\r\na;x;*\r\n\r\nb;x;*\r\n");
    assertThat(rules(config("moved.csv"))).isEqualTo(rules(config("region.csv")));
  }
}
