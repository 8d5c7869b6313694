// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.error.EnvironmentException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whatComesInTimeIsReturned() {
    assertThat(
            patience(false)
                .await(
                    "it", () -> looks.incrementAndGet() < 5 ? Optional.empty() : Optional.of("it")))
        .contains("it");
  }

  @Test
  void whatDoesNotComeInTimeIsAFailureOfTheEnvironmentThatNamesIt() {
    assertThatThrownBy(() -> patience(false).await("the figures", Optional::empty))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the figures");
  }

  @Test
  void whoeverWantsNoMoreGetsNothing() {
    assertThat(patience(true).await("it", Optional::empty)).isEmpty();
  }

  @Test
  void waitingEndsWhenItHasBecomePointless() {
    Patience patience =
        new Patience(
            now::get,
            Duration.ofSeconds(10),
            time -> !pause(time),
            () -> {
              throw new EnvironmentException("a stage stopped");
            });
    assertThatThrownBy(() -> patience.await("it", Optional::empty)).hasMessage("a stage stopped");
  }

  private Patience patience(boolean stopped) {
    return new Patience(now::get, Duration.ofSeconds(10), time -> pause(time) && stopped, () -> {});
  }

  private boolean pause(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    return true;
  }
}
