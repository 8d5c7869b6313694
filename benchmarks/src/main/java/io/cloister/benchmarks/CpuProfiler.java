// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Operations for each second of processor time that the whole process takes, its garbage collector
 * and compiler included: on a machine that others share, this says more than the clock on the wall.
 */
public final class CpuProfiler implements InternalProfiler {
  /** The name of the result. */
  public static final String RATE = "cpu.rate";

  private long before;

  @Override
  public String getDescription() {
    return "operations for each second of processor time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = cpuNanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (double) (cpuNanos() - before) / TimeUnit.SECONDS.toNanos(1);
    double rate = result.getMetadata().getAllOps() / seconds;
    return List.of(new ScalarResult(RATE, rate, "ops/cpu-s", AggregationPolicy.AVG));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
