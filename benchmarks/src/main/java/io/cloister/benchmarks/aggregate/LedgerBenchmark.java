// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.aggregate;

import io.cloister.aggregate.ledger.Budgets;
import io.cloister.aggregate.ledger.Cost;
import io.cloister.aggregate.ledger.Currency;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.aggregate.state.HeapKeyValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to check a release against the budget and the quotas, to debit it and to keep it,
 * in a ledger on the heap that already has many entries.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LedgerBenchmark {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int PERIODS = 24;

  /** How many consumers share each release. */
  @Param({"2", "10"})
  public int consumers;

  /** How many releases there were before. */
  @Param({"0", "100000"})
  public int before;

  private final Cost cost = new Cost(Currency.RHO, 1, 0);
  private List<String> names = List.of();
  private Ledger ledger = new Ledger(budgets(), new HeapKeyValues(), List::of);
  private long count;

  /** A ledger of its own for each iteration, since it grows. */
  @Setup(Level.Iteration)
  public void begin() {
    names = IntStream.range(0, consumers).mapToObj(i -> "consumer-" + i).toList();
    ledger = new Ledger(budgets(), new HeapKeyValues(), List::of);
    count = 0;
    for (int i = 0; i < before; i++) {
      checkAndDebit();
    }
  }

  private Budgets budgets() {
    Cost plenty = new Cost(Currency.RHO, Long.MAX_VALUE, 0);
    Map<String, Cost> quotas = new HashMap<>();
    names.forEach(name -> quotas.put(name, plenty));
    return new Budgets(plenty, quotas, Duration.ofDays(30));
  }

  /**
   * @return who was granted a release that is new to the ledger
   */
  @Benchmark
  public List<Share> checkAndDebit() {
    long id = count++;
    long start = id % (PERIODS * 30) * DAY;
    String release = Long.toHexString(id * 0x9E3779B97F4A7C15L);
    if (ledger.find(release).isPresent()) {
      throw new IllegalStateException("a release is new");
    }
    List<Share> shares = ledger.decide(start, start + DAY, cost, names);
    ledger.append(
        new LedgerEntry(
            Kind.RELEASE,
            release,
            "active-students",
            "00112233445566778899aabbccddeeff",
            "discrete-gaussian",
            cost,
            start,
            start + DAY,
            1,
            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            shares));
    return shares;
  }
}
