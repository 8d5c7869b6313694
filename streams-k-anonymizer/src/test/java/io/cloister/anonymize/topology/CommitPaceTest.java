// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private final CommitPace pace = new CommitPace();

  private boolean isDueAfter(int records) {
    IntStream.range(0, records).forEach(i -> pace.moved());
    boolean due = false;
    for (int tick = 0; tick < CommitPace.TICKS; tick++) {
      due |= pace.isDue();
    }
    return due;
  }

  @Test
  void aCalmStreamCommitsWithinAFewTicks() {
    assertThat(isDueAfter(1)).isTrue();
    assertThat(isDueAfter(CommitPace.BUSY - 1)).isTrue();
  }

  @Test
  void aStreamWithoutRecordsAsksForNothing() {
    assertThat(isDueAfter(0)).isFalse();
    assertThat(isDueAfter(1)).isTrue();
    assertThat(isDueAfter(0)).isFalse();
  }

  @Test
  void aStreamThatCatchesUpLeavesItToTheInterval() {
    assertThat(isDueAfter(CommitPace.BUSY)).isFalse();
  }
}
