// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
  private final FailurePolicy policy = new FailurePolicy("campus.scrub");

  @BeforeEach
  void doNotWait() {
    policy.close();
  }

  @Test
  void triesAgainWhenTheEnvironmentFailed() {
    assertThat(policy.handle(new StreamsException(new EnvironmentException("no registry"))))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(policy.handle(new TimeoutException()))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(policy.fatal()).isEmpty();
  }

  @Test
  void stopsOnADefectAndTellsNoMessage() {
    assertThat(policy.handle(new StreamsException(new IllegalStateException("canary"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(policy.fatal())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .isInstanceOf(BugException.class)
                    .hasNoCause()
                    .hasMessage("campus.scrub stopped: java.lang.IllegalStateException"));
  }

  @Test
  void stopsWithoutRightsAsAFailureOfTheEnvironment() {
    assertThat(policy.handle(new StreamsException(new TopicAuthorizationException("t"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(policy.fatal()).containsInstanceOf(EnvironmentException.class);
  }

  @Test
  void stopsWhenTheInputIsWrong() {
    assertThat(policy.handle(new StreamsException(new InputException("wrong partitions"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(policy.fatal()).containsInstanceOf(InputException.class);
  }
}
