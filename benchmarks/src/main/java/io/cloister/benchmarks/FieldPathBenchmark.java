// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to follow a compiled path into a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FieldPathBenchmark {
  private final FieldPath nested = FieldPath.parse("actor.account.name");
  private final FieldPath wildcard = FieldPath.parse("context.tags[*].name");
  private final JsonNode record = record();

  private static JsonNode record() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("actor").putObject("account").put("name", "a");
    ArrayNode tags = root.putObject("context").putArray("tags");
    tags.addObject().put("name", "x");
    tags.addObject().put("name", "y");
    return root;
  }

  /**
   * @return the value three steps down
   */
  @Benchmark
  public Optional<JsonNode> nested() {
    return nested.find(record);
  }

  /**
   * @return both values below an array
   */
  @Benchmark
  public List<JsonNode> wildcard() {
    return wildcard.findAll(record);
  }
}
