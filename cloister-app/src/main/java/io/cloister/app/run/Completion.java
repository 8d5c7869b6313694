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
  private final LongSupplier waiting;
  private final CaughtUp progress;

  /**
   * @param setup what runs
   * @param applications all applications of it
   * @param waiting how many records wait for a deadline, and tasks to send or release windows
   */
  Completion(PipelineSetup setup, List<StageApplication> applications, LongSupplier waiting) {
    this.setup = setup;
    this.applications = applications;
    this.waiting = waiting;
    this.progress = new CaughtUp(setup.kafka());
  }

  /**
   * Idle before and after everything has been seen to be committed: what a first look could not see
   * yet, because it was on its way in a transaction, the second one does.
   */
  boolean isReached() {
    return isIdle()
        && applications.stream().noneMatch(StageApplication::hasUnsent)
        && !progress.hasOpenTransaction(written())
        && isIdle();
  }

  private boolean isIdle() {
    return waiting.getAsLong() == 0
        && EnumSet.copyOf(setup.stages()).stream()
            .allMatch(stage -> progress.hasCaughtUp(application(stage), stage.reads(setup)))
        && waiting.getAsLong() == 0;
  }

  private String application(Stage stage) {
    return setup.config().runtime().arrangement() == Arrangement.FUSED
        ? setup.names().fusedApplication()
        : stage.applicationId(setup.names());
  }

  private List<String> written() {
    List<String> topics = new ArrayList<>();
    setup.stages().forEach(stage -> topics.addAll(progress.repartitioned(application(stage))));
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
