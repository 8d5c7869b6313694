// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.anonymize.file.FileAnonymizer;
import io.cloister.anonymize.file.FileReport;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the engine over one file many times, several at once. */
final class Runs {
  /** Each holds the people of the whole sample; more at once would take memory rather than time. */
  private static final int MOST_AT_ONCE = 4;

  /** One run: a config and a delay. */
  record Run(TopologyConfig config, long delayRows) {}

  private final Path base;
  private final InstantSource clock;
  private final Progress progress;

  Runs(Path base, InstantSource clock, Progress progress) {
    this.base = base;
    this.clock = clock;
    this.progress = progress;
  }

  /** The reports of all runs, in their order. */
  List<FileReport> all(List<Run> runs, Path input, char separator) {
    int threads =
        Math.min(Math.min(MOST_AT_ONCE, runs.size()), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<FileReport>> futures = new ArrayList<>();
      for (Run run : runs) {
        futures.add(
            pool.submit(
                () ->
                    new FileAnonymizer(run.config(), base, clock)
                        .measure(input, separator, run.delayRows())));
      }
      List<FileReport> reports = new ArrayList<>();
      for (Future<FileReport> future : futures) {
        reports.add(future.get());
        progress.runs(reports.size(), runs.size());
      }
      return reports;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new BugException("a run failed as none can");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("the profile was interrupted");
    } finally {
      pool.shutdownNow();
    }
  }
}
