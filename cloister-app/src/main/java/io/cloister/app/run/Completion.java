// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.config.RuntimeConfig.Arrangement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Tells when all that the topics held has been treated, nothing waits for a deadline, and readers
 * can see the outcome. For use by one thread.
 *
 * <p>What the anonymizer releases at a deadline belongs to no record read, so offsets do not tell
 * that it is committed; the anonymizer's commits are counted instead. The first to end after
 * nothing was left to do may have begun before, the second has not.
 */
final class Completion implements AutoCloseable {
  private final PipelineSetup setup;
  private final List<StageApplication> applications;
  private final LongSupplier held;
  private final CaughtUp progress;
  private OptionalDouble commitsWhenIdle = OptionalDouble.empty();

  /**
   * @param setup what runs
   * @param applications all applications of it
   * @param held how many records wait for a deadline
   */
  Completion(PipelineSetup setup, List<StageApplication> applications, LongSupplier held) {
    this.setup = setup;
    this.applications = applications;
    this.held = held;
    this.progress = new CaughtUp(setup.kafka());
  }

  boolean isReached() {
    if (!nothingIsLeft() || held.getAsLong() > 0) {
      commitsWhenIdle = OptionalDouble.empty();
      return false;
    }
    Optional<StageApplication> anonymizer = anonymizer();
    if (anonymizer.isEmpty()) {
      return true;
    }
    double commits = anonymizer.get().commits();
    if (commitsWhenIdle.isEmpty()) {
      commitsWhenIdle = OptionalDouble.of(commits);
    }
    return commits >= commitsWhenIdle.getAsDouble() + setup.config().runtime().threads() + 1;
  }

  private boolean nothingIsLeft() {
    return EnumSet.copyOf(setup.stages()).stream()
        .allMatch(stage -> progress.hasCaughtUp(application(stage), stage.reads(setup)));
  }

  private Optional<StageApplication> anonymizer() {
    return setup.stages().contains(Stage.ANONYMIZE)
        ? applications.stream()
            .filter(application -> application.id().equals(application(Stage.ANONYMIZE)))
            .findFirst()
        : Optional.empty();
  }

  private String application(Stage stage) {
    return setup.config().runtime().arrangement() == Arrangement.FUSED
        ? setup.names().fusedApplication()
        : stage.applicationId(setup.names());
  }

  @Override
  public void close() {
    progress.close();
  }
}
