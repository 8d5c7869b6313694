// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.anonymize.engine.DecisionSink;
import io.cloister.anonymize.engine.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How many events a second one thread decides on, the engine alone. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  /**
   * An engine whose every event is of a new person. One call is one whole epoch, since the first
   * people of an epoch, who find no open cell, cost more than the last.
   */
  @State(Scope.Benchmark)
  public static class FirstTime {
    /** How many people open a cell. */
    @Param("10")
    public int k;

    /** From arrival to deadline, in people. */
    @Param({"1000", "10000"})
    public long delay;

    /** How many quasi-identifiers. */
    @Param("8")
    public int quasiIdentifiers;

    private Crowd crowd = new Crowd(2, 0, 1);

    /** A new engine. */
    @Setup
    public void begin() {
      crowd = new Crowd(k, delay, quasiIdentifiers);
    }
  }

  /**
   * An engine that has given a class to all of an epoch's people, who come again in random order.
   */
  @State(Scope.Benchmark)
  public static class Returning {
    /** How many people open a cell. */
    @Param("10")
    public int k;

    /** From arrival to deadline, in people. */
    @Param("1000")
    public long delay;

    /** How many quasi-identifiers. */
    @Param("8")
    public int quasiIdentifiers;

    private Crowd crowd = new Crowd(2, 0, 1);
    private final List<Event> events = new ArrayList<>();

    /** Lets everybody come once. */
    @Setup(Level.Trial)
    public void settle() {
      crowd = new Crowd(k, delay, quasiIdentifiers);
      List<Event> settled = new ArrayList<>();
      DecisionSink released = new ReleasedTo(settled::add);
      for (int i = 0; i < Crowd.EPOCH; i++) {
        crowd.engine().accept(crowd.next(), released);
      }
      Collections.shuffle(settled, new Random(1));
      for (int i = 0; i < Crowd.EPOCH; i++) {
        events.add(crowd.again(settled.get(i % settled.size())));
      }
    }
  }

  /** Gives all that is told of to the measurement, so that it is not optimized away. */
  private record Eater(Blackhole eats) implements DecisionSink {
    @Override
    public void released(Event event, List<String> cell, double loss) {
      eats.consume(event);
      eats.consume(cell);
      eats.consume(loss);
    }

    @Override
    public void suppressed(Event event) {
      eats.consume(event);
    }

    @Override
    public void moved(Event event) {
      eats.consume(event);
    }

    @Override
    public void late(Event event) {
      eats.consume(event);
    }
  }

  /**
   * @param state the engine
   * @param sink takes the decisions
   */
  @Benchmark
  @OperationsPerInvocation(Crowd.EPOCH)
  public void firstTime(FirstTime state, Blackhole sink) {
    DecisionSink eater = new Eater(sink);
    for (int i = 0; i < Crowd.EPOCH; i++) {
      state.crowd.engine().accept(state.crowd.next(), eater);
    }
  }

  /**
   * @param state the engine
   * @param sink takes the decisions
   */
  @Benchmark
  @OperationsPerInvocation(Crowd.EPOCH)
  public void returning(Returning state, Blackhole sink) {
    DecisionSink eater = new Eater(sink);
    for (Event event : state.events) {
      state.crowd.engine().accept(event, eater);
    }
  }
}
