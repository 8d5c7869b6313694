// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import io.cloister.common.config.RegistryConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.MessageSizes;
import io.cloister.common.registry.ConfluentRegistryClient;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses the wire format that a config declares. */
public final class Formats {
  private static final int DEFAULT_MAX_BYTES = 900_000;

  private Formats() {}

  /**
   * Rows of CSV files travel as JSON objects. What is read may be as large as what a stage may
   * write, since the next stage reads that; the scrubber holds raw events to {@code
   * source.max-bytes} by itself.
   *
   * @param config a valid config
   * @param base the directory that the config's relative paths start from
   * @return the format of raw events and of what the stages write
   * @throws InputException when format avro lacks a registry
   */
  public static RecordFormat of(TopologyConfig config, Path base) {
    int maxSource = config.source().map(SourceConfig::maxBytes).orElse(DEFAULT_MAX_BYTES);
    int maxBytes = new MessageSizes(maxSource).maxValueBytes();
    boolean avro =
        config.source().map(SourceConfig::format).equals(Optional.of(SourceConfig.Format.AVRO));
    if (!avro) {
      return new JsonFormat(maxBytes);
    }
    RegistryConfig registry =
        config
            .registry()
            .orElseThrow(
                () ->
                    new InputException(
                        "source.format avro needs a registry: add a section registry with its url"));
    return new AvroFormat(ConfluentRegistryClient.caching(registry, base), maxBytes);
  }
}
