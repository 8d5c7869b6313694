// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Pace pace = new Pace(100, nanos::get, nanos::addAndGet);

  @Test
  void aHundredTurnsASecondAreTenMillisecondsEach() {
    for (int turn = 0; turn < 200; turn++) {
      assertThat(pace.await()).isTrue();
    }
    assertThat(nanos.get()).isEqualTo(2_000_000_000L);
  }

  @Test
  void aLongPauseIsNotCaughtUpWith() {
    nanos.addAndGet(60_000_000_000L);
    long start = nanos.get();
    for (int turn = 0; turn < 100; turn++) {
      pace.await();
    }
    assertThat(nanos.get() - start).isGreaterThanOrEqualTo(790_000_000L);
  }

  @Test
  void anInterruptedWaitSaysSo() {
    Thread.currentThread().interrupt();
    assertThat(pace.await()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> new Pace(0)).hasMessageContaining("above zero");
  }
}
