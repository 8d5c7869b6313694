// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.config.RuntimeConfig;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopicsConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.path.FieldPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds configs for tests, with the defaults of the config model. */
public final class Configs {
  private final Map<FieldPath, AnonymizeConfig.QuasiIdentifier> quasiIdentifiers =
      new LinkedHashMap<>();
  private final Map<FieldPath, AnonymizeConfig.Sensitive> sensitive = new LinkedHashMap<>();
  private final int k;
  private List<FieldPath> publish = List.of();
  private List<FieldPath> shardBy = List.of();
  private Optional<FieldPath> subject = Optional.empty();
  private Optional<FieldPath> time = Optional.empty();
  private Optional<ScrubConfig> scrub = Optional.empty();
  private int regions = 1;
  private AnonymizeConfig.SmallRegions smallRegions = AnonymizeConfig.SmallRegions.SECOND_CHANCE;
  private Duration epoch = Duration.ofDays(1);
  private AnonymizeConfig.Epochs epochs = AnonymizeConfig.Epochs.INDEPENDENT;

  private Configs(int k) {
    this.k = k;
  }

  public static Configs k(int k) {
    return new Configs(k);
  }

  public Configs qi(String field, HierarchyConfig hierarchy) {
    quasiIdentifiers.put(field(field), new AnonymizeConfig.QuasiIdentifier(hierarchy));
    return this;
  }

  public Configs sensitive(String field, int diversity) {
    return sensitive(
        field, new AnonymizeConfig.Sensitive(diversity, Optional.empty(), Optional.empty()));
  }

  public Configs sensitive(String field, AnonymizeConfig.Sensitive conditions) {
    sensitive.put(field(field), conditions);
    return this;
  }

  public Configs publish(String... fields) {
    publish = List.of(fields).stream().map(Configs::field).toList();
    return this;
  }

  public Configs shardBy(int regionPartitions, String... fields) {
    shardBy = List.of(fields).stream().map(Configs::field).toList();
    regions = regionPartitions;
    return this;
  }

  public Configs withoutSecondChance() {
    smallRegions = AnonymizeConfig.SmallRegions.SUPPRESS;
    return this;
  }

  public Configs subject(String field) {
    subject = Optional.of(field(field));
    return this;
  }

  public Configs tokenized(String field, String domain) {
    scrub =
        Optional.of(
            new ScrubConfig(
                ScrubConfig.Unlisted.DROP, Map.of(field(field), new Treatment.Tokenize(domain))));
    return this;
  }

  public Configs time(String field) {
    time = Optional.of(field(field));
    return this;
  }

  public Configs epoch(Duration length) {
    epoch = length;
    return this;
  }

  public Configs nested() {
    epochs = AnonymizeConfig.Epochs.NESTED;
    return this;
  }

  private static FieldPath field(String text) {
    return FieldPath.parse(text);
  }

  public TopologyConfig build() {
    return new TopologyConfig(
        "test",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        new RuntimeConfig(RuntimeConfig.Arrangement.CHAINED, 1, "state", Optional.empty()),
        new TopicsConfig(2, regions, (short) 1, Duration.ofDays(7)),
        Optional.of(
            new SourceConfig(
                List.of("raw"),
                SourceConfig.Format.JSON,
                subject,
                time,
                Duration.ofMinutes(5),
                900_000)),
        scrub,
        Optional.of(
            new AnonymizeConfig(
                k,
                epoch,
                Duration.ofDays(1),
                Duration.ofSeconds(2),
                shardBy,
                smallRegions,
                quasiIdentifiers,
                sensitive,
                publish,
                new AnonymizeConfig.Time(Duration.ofHours(1)),
                epochs)),
        Optional.empty());
  }
}
