// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.keys.Keyset;
import io.cloister.common.record.JsonFormat;
import io.cloister.common.record.UntreatableRecordException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Configs, keys and records for tests. */
public final class Pipelines {
  private static final String HEAD =
      """
      pipeline: campus
      topics: { partitions: 1 }
      source: { topics: [raw], subject: student, time: time }
      anonymize:
        k: 2
        quasi-identifiers:
          postal: { hierarchy: { prefix: [5, 3, 1] } }
      """;

  private Pipelines() {}

  public static TopologyConfig config(String aggregate) {
    return ConfigReader.read("test.yaml", HEAD + aggregate, Purpose.CHECK).orThrow();
  }

  /**
   * @param source the subject and what follows it in the section source
   */
  public static TopologyConfig configOf(String source, String aggregate) {
    String head = HEAD.replace("student, time: time", source);
    return ConfigReader.read("test.yaml", head + aggregate, Purpose.CHECK).orThrow();
  }

  /** Written into a directory, where the files are that it names. */
  public static TopologyConfig configIn(Path directory, String aggregate) throws IOException {
    Path file = directory.resolve("test.yaml");
    Files.writeString(file, HEAD + aggregate);
    return ConfigReader.read(file, Purpose.CHECK).orThrow();
  }

  public static TopologyConfig config(int partitions, String aggregate) {
    String head = HEAD.replace("partitions: 1", "partitions: " + partitions);
    return ConfigReader.read("test.yaml", head + aggregate, Purpose.CHECK).orThrow();
  }

  public static AggregatePlan plan(String aggregate) {
    return AggregatePlan.of(config(aggregate), Path.of("."));
  }

  /** One query on hourly windows, for one consumer, with budget for nearly everything. */
  public static String oneQuery(String query) {
    return """
        aggregate:
          budget: { epsilon: 1000000, period: P30D }
          consumers: { dean: { epsilon: 1000000 } }
          queries:
            asked:
        """
        + query.indent(6);
  }

  public static ObjectNode json(String text) {
    try {
      return new JsonFormat(1_000_000).decode(text.getBytes(StandardCharsets.UTF_8)).tree();
    } catch (UntreatableRecordException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A keyset whose functions are plain digests, the same in every run; it has no other keys. */
  public static Keyset keyset(String secret) {
    return (Keyset)
        Proxy.newProxyInstance(
            Keyset.class.getClassLoader(),
            new Class<?>[] {Keyset.class},
            (proxy, method, arguments) -> new Digests(secret + "/" + method.getName() + "/"));
  }

  private record Digests(String prefix) implements KeyedFunction {
    @Override
    public byte[] compute(byte[] input, int length) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        digest.update(prefix.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(input), length);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int version() {
      return 1;
    }
  }
}
