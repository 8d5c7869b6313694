// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloister.app.run.Accounting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real xAPI statements, some of them without a person or a time, through the scrubber. */
class XapiStatementsTest {
  @TempDir private Path dir;

  @Test
  void areAllAccountedForAndNameNobodyAfterwards() throws Exception {
    Path input = SharedData.find("data/events/xapi_statements.jsonl");
    List<String> statements = Files.readAllLines(input, StandardCharsets.UTF_8);
    Path config = TestPipeline.config(dir, "xapi.yaml", Map.of());
    try (Broker broker = BrokerKind.EMBEDDED.start(dir);
        TestPipeline pipeline = TestPipeline.start(broker, config).awaitRunning()) {
      assertThat(pipeline.feed(input, ',', 0)).isEqualTo(statements.size());
      pipeline.awaitDone(Duration.ofMinutes(2));
      Accounting accounting = pipeline.accounting();
      System.out.print(accounting.describe());
      List<ConsumerRecord<byte[], byte[]>> scrubbed =
          Topics.readAll(pipeline.kafka(), pipeline.names().scrubbed());
      List<ConsumerRecord<byte[], byte[]>> dead =
          Topics.readAll(pipeline.kafka(), pipeline.names().deadLetters());
      assertThat(accounting.count("scrub", "in")).isEqualTo(statements.size());
      assertThat(accounting.count("scrub", "out")).isEqualTo(scrubbed.size()).isPositive();
      assertThat(accounting.count("scrub", "dead-lettered")).isEqualTo(dead.size()).isPositive();
      assertThat(scrubbed.size() + dead.size()).isEqualTo(statements.size());

      Set<String> people = people(statements);
      assertThat(people).hasSizeGreaterThan(10);
      for (List<ConsumerRecord<byte[], byte[]>> topic : List.of(scrubbed, dead)) {
        for (ConsumerRecord<byte[], byte[]> record : topic) {
          String text =
              new String(record.key(), StandardCharsets.UTF_8)
                  + new String(record.value(), StandardCharsets.UTF_8);
          assertThat(people).noneMatch(text::contains);
        }
      }
    }
  }

  private static Set<String> people(List<String> statements) throws Exception {
    Set<String> people = new TreeSet<>();
    for (String statement : statements) {
      JsonNode actor = new ObjectMapper().readTree(statement).path("actor");
      for (String field : List.of("name", "mbox")) {
        if (!actor.path(field).asText().isBlank()) {
          people.add(actor.path(field).asText());
        }
      }
    }
    return people;
  }
}
