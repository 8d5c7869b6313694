// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  static final String CONFIG =
      """
      pipeline: campus
      kafka: { bootstrap.servers: "localhost:1" }
      topics: { partitions: 3, regions: 1 }
      source:
        topics: [raw]
        subject: student
        time: at
      scrub:
        fields:
          student: { tokenize: { domain: student } }
          gender: keep
          score: keep
      anonymize:
        k: 5
        quasi-identifiers:
          gender: { hierarchy: { flat: {} } }
      aggregate:
        budget: { epsilon: 1, period: P30D }
        consumers:
          dean: { epsilon: 1 }
        queries:
          active:
            measure: { count-people: {} }
            groups: { declared: [] }
            window: { tumbling: P1D }
            consumers: { dean: { epsilon: 0.01 } }
      """;

  private final TopicPlan plan = TopicPlan.of(config());

  static TopologyConfig config() {
    return ConfigReader.read("test", CONFIG, Purpose.CHECK).orThrow();
  }

  @Test
  void listsTheUsersTopicsAndOneTopicForEachThingThatLeavesAStage() {
    assertThat(plan.raw()).extracting(PlannedTopic::name).containsExactly("raw");
    assertThat(plan.own())
        .extracting(PlannedTopic::name)
        .containsExactlyInAnyOrder(
            "campus.scrubbed",
            "campus.dead-letters",
            "campus.anonymized",
            "campus.aggregates.dean",
            "campus.ledger",
            "campus.arrangement");
  }

  @Test
  void keepsTheLedgerForEverAndTheArrangementCompacted() {
    assertThat(topic("campus.ledger").settings()).containsEntry("retention.ms", "-1");
    assertThat(topic("campus.arrangement").settings()).containsEntry("cleanup.policy", "compact");
  }

  @Test
  void keepsTheLedgerOnTwoBrokersWhereThereAreTwo() {
    assertThat(ledgerOn(1).settings()).containsEntry("min.insync.replicas", "1");
    assertThat(ledgerOn(2).settings()).containsEntry("min.insync.replicas", "2");
    assertThat(ledgerOn(3).settings()).containsEntry("min.insync.replicas", "2");
  }

  private static PlannedTopic ledgerOn(int replicas) {
    String config = CONFIG.replace("regions: 1", "regions: 1, replicas: " + replicas);
    return TopicPlan.of(ConfigReader.read("test", config, Purpose.CHECK).orThrow()).own().stream()
        .filter(topic -> topic.name().equals("campus.ledger"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void putsRegionsIntoPartitionsAndAggregatesIntoOne() {
    assertThat(topic("campus.scrubbed").partitions()).isEqualTo(3);
    assertThat(topic("campus.anonymized").partitions()).isEqualTo(1);
    assertThat(topic("campus.aggregates.dean").partitions()).isEqualTo(1);
  }

  @Test
  void letsNoRecordCarryAnEventsTime() {
    for (String name : List.of("scrubbed", "dead-letters", "aggregates.dean")) {
      assertThat(topic("campus." + name).settings())
          .containsEntry("message.timestamp.type", "LogAppendTime");
    }
  }

  @Test
  void leavesTheTimeOfReleaseToTheAnonymizerWhichTruncatesIt() {
    assertThat(topic("campus.anonymized").settings())
        .containsEntry("message.timestamp.type", "CreateTime");
  }

  @Test
  void givesScrubbedRecordsToNoReaderOutsideThePipeline() {
    assertThat(Permissions.of(config()))
        .filteredOn(permission -> permission.name().equals("campus.scrubbed"))
        .extracting(Permission::principal)
        .containsExactlyInAnyOrder("scrubber", "anonymizer", "aggregator");
    assertThat(Permissions.of(config()))
        .filteredOn(permission -> permission.principal().equals("dean"))
        .extracting(Permission::name)
        .containsExactly("campus.aggregates.dean");
  }

  private PlannedTopic topic(String name) {
    return plan.own().stream().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
  }
}
