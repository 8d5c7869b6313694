// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final long TICK = CommitPace.TICK.toMillis();

  private final CommitPace pace = new CommitPace();
  private long now = 1_000_000;

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

  @Test
  void whatIsInAHurryIsCommittedWhileAStreamCatchesUp() {
    pace.hurry();
    assertThat(isDueAfter(CommitPace.BUSY)).isTrue();
    assertThat(isDueAfter(CommitPace.BUSY)).isFalse();
  }

  @Test
  void whatIsInAHurryIsCommittedAtTheNextTickOfAThreadThatWasAway() {
    assertThat(isDueAfter(1)).isTrue();
    now += TICK + 100;
    assertThat(pace.isDue(now)).isFalse();
    pace.hurry();
    long hurried = now;
    while (!tick()) {
      assertThat(now).isLessThan(hurried + 100);
    }
  }

  @Test
  void aThreadThatWasAwayWorksNineTimesAsLongBeforeItAsksAgain() {
    assertThat(isDueAfter(1)).isTrue();
    long back = now + TICK + 100;
    now = back;
    assertThat(pace.isDue(now)).isFalse();

    pace.moved();
    while (!tick()) {
      assertThat(now).isLessThan(back + 2000);
    }

    assertThat(now - back).isBetween(900L, 900 + TICK);
  }

  @Test
  void manyRecordsDuringARestAreNoReasonToWaitForTheInterval() {
    assertThat(isDueAfter(1)).isTrue();
    now += TICK + 30;
    assertThat(pace.isDue(now)).isFalse();

    boolean due = false;
    for (int i = 0; i < 50; i++) {
      IntStream.range(0, 20).forEach(j -> pace.moved());
      due |= tick();
    }

    assertThat(due).isTrue();
  }

  @Test
  void aClockThatIsSetDoesNotMakeItRestForLong() {
    assertThat(isDueAfter(1)).isTrue();
    now += 3_600_000;
    assertThat(pace.isDue(now)).isFalse();
    now -= 1_800_000;

    assertThat(isDueAfter(1)).isTrue();
  }

  private boolean isDueAfter(int records) {
    IntStream.range(0, records).forEach(i -> pace.moved());
    boolean due = false;
    for (int tick = 0; tick < CommitPace.TICKS; tick++) {
      due |= tick();
    }
    return due;
  }

  private boolean tick() {
    now += TICK;
    return pace.isDue(now);
  }
}
