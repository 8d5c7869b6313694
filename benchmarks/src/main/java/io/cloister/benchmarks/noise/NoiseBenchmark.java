// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.noise;

import io.cloister.aggregate.noise.DerivedBits;
import io.cloister.aggregate.noise.DiscreteGaussian;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.KeyedBits;
import io.cloister.aggregate.noise.Noise;
import io.cloister.aggregate.noise.Rational;
import io.cloister.aggregate.plan.Identity;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many noises a second one thread draws, by mechanism and scale. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NoiseBenchmark {
  /** Which distribution. */
  public enum Mechanism {
    /** The parameter is the scale. */
    LAPLACE,
    /** The parameter is sigma. */
    GAUSSIAN;

    private Noise of(Rational parameter) {
      BigInteger p = parameter.numerator();
      BigInteger q = parameter.denominator();
      return this == LAPLACE
          ? new DiscreteLaplace(parameter)
          : new DiscreteGaussian(new Rational(p.multiply(p), q.multiply(q)));
    }
  }

  /** Which distribution. */
  @Param public Mechanism mechanism = Mechanism.LAPLACE;

  /** Scale or sigma, from 2^-20 to 2^40; the last is drawn in integers of any size. */
  @Param({
    "1/1048576",
    "1/3",
    "1/1",
    "5/2",
    "100/1",
    "50000/3",
    "1099511627776/1",
    "288230376151711744/1"
  })
  public String scale = "1/1";

  private final KeyedBits stream = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);
  private final DerivedBits derived = new DerivedBits(new byte[DerivedBits.SECRET_BYTES]);
  private final byte[] group = new Identity().add("course").add("math-1").toBytes();
  private Noise noise = new DiscreteLaplace(Rational.of(1, 1));
  private BigInteger value = BigInteger.valueOf(1_000);

  /** A new sampler. */
  @Setup
  public void begin() {
    String[] parts = scale.split("/", -1);
    noise = mechanism.of(new Rational(new BigInteger(parts[0]), new BigInteger(parts[1])));
  }

  /**
   * @return one draw after the other from one stream
   */
  @Benchmark
  public long stream() {
    return noise.sampleLong(stream);
  }

  /**
   * @return a figure with the noise that its group and its value have in a release
   */
  @Benchmark
  public BigInteger derived() {
    value = value.add(BigInteger.ONE);
    byte[] name = new Identity().add(group).add(value).toBytes();
    return value.add(noise.sample(derived.of(name)));
  }
}
