// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.common.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  @TempDir private Path dir;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(dir.resolve("h_letter.csv"), "a;ab;*\nb;ab;*\nc;c;*\n");
    Files.writeString(dir.resolve("in.csv"), "who,letter\nx,a\ny,b\nx,b\nz,?\n");
  }

  @Test
  void aFileOfOnesOwnIsReadInItsOrder() {
    Sample sample = read(Optional.of("who"));

    assertThat(sample.rows()).hasSize(4);
    assertThat(sample.people()).isEqualTo(3);
    assertThat(sample.repeats()).isTrue();
    assertThat(sample.person(2)).isEqualTo(sample.person(0));
    assertThat(sample.rows().get(1).chains()).containsExactly(List.of("b", "ab", "*"));
    assertThat(read(Optional.empty()).repeats()).isFalse();
  }

  @Test
  void theEngineIsJudgedOnIt() {
    Sample sample = read(Optional.of("who"));

    Verdict verdict = Judge.judge(sample, 2, new Cloister(sample, 2, 2));

    // Persons x and y share ab, one of two other leaves; of z nothing is known.
    assertThat(verdict.glm()).isCloseTo((3 * 0.5 + 1) / 4, within(1e-12));
    assertThat(verdict.suppressed()).isEqualTo(0.25);
    assertThat(verdict.narrowed()).isZero();
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(Optional.of("whom")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("whom");
  }

  private Sample read(Optional<String> person) {
    return Samples.read(dir.resolve("in.csv"), ',', dir, "h_", List.of("letter"), person);
  }
}
