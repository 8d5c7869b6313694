// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells when all that the topics held has been treated, nothing waits for a deadline, and readers
 * can see the outcome. What is released at a deadline belongs to no record read, so that offsets of
 * consumers alone do not tell whether it is committed. For use by one thread.
 */
final class Completion implements AutoCloseable {
  private final PipelineSetup setup;
  private final List<StageApplication> applications;
  private final LongSupplier held;
  private final CaughtUp progress;

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

  /** In this order: each step can only be undone by one before it. */
  boolean isReached() {
    return EnumSet.copyOf(setup.stages()).stream().allMatch(this::isThrough)
        && held.getAsLong() == 0
        && applications.stream().noneMatch(StageApplication::hasUnsent)
        && !progress.hasOpenTransaction(written());
  }

  private boolean isThrough(Stage stage) {
    String application =
        setup.config().runtime().arrangement() == Arrangement.FUSED
            ? setup.names().fusedApplication()
            : stage.applicationId(setup.names());
    return progress.hasCaughtUp(application, stage.reads(setup));
  }

  private List<String> written() {
    List<String> topics = new ArrayList<>();
    if (setup.stages().contains(Stage.ANONYMIZE)) {
      topics.add(setup.names().anonymized());
    }
    if (setup.stages().contains(Stage.AGGREGATE)) {
      topics.add(setup.names().ledger());
      setup.config().aggregate().map(AggregateConfig::consumers).orElseThrow().keySet().stream()
          .map(setup.names()::aggregates)
          .forEach(topics::add);
    }
    return topics;
  }

  @Override
  public void close() {
    progress.close();
  }
}
