// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.record.AvroFormat;
import io.cloister.common.record.JsonFormat;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.common.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweringTest {
  private static final String HEAD =
      "{\"query\":\"q\",\"consumer\":\"dean\",\"window\":{\"start\":\"2026-01-01T00:00:00Z\","
          + "\"end\":\"2026-01-02T00:00:00Z\"},";
  private static final String VALUE =
      HEAD
          + "\"group\":{\"course\":\"math\"},\"value\":-1.50,\"interval95\":[-3.25,0.25],"
          + "\"mechanism\":\"discrete-laplace\",\"scale\":33.3333333333,\"epsilon\":0.03,"
          + "\"delta\":0,\"release\":\"ab\"}";
  private static final String CLOSE =
      HEAD + "\"release\":\"ab\",\"charged\":0.03,\"remaining\":0.97}";
  private static final String REFUSAL =
      HEAD + "\"release\":\"ab\",\"refused\":true,\"requested\":0.03,\"remaining\":0}";

  @Test
  void jsonKeepsEveryDigit() {
    byte[] bytes =
        Answering.of(Pipelines.config(""), new JsonFormat(1000)).encode("t", Pipelines.json(VALUE));

    assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {VALUE, CLOSE, REFUSAL})
  void avroHoldsTheSameFields(String answer) throws UntreatableRecordException {
    AvroFormat format = new AvroFormat(new OneSchema(), 10_000);
    ObjectNode tree = Pipelines.json(answer);

    byte[] bytes = Answering.of(avroConfig(), format).encode("t", tree);

    ObjectNode read = format.decode(bytes).tree();
    tree.fieldNames()
        .forEachRemaining(
            field -> {
              if (tree.get(field).isNumber()) {
                assertThat(read.required(field).doubleValue())
                    .isEqualTo(tree.get(field).doubleValue());
              } else {
                assertThat(text(read.required(field))).isEqualTo(text(tree.get(field)));
              }
            });
  }

  private static String text(JsonNode node) {
    return new String(ExactJson.bytes(node), StandardCharsets.UTF_8);
  }

  private static TopologyConfig avroConfig() {
    return ConfigReader.read(
            "test.yaml",
            """
            pipeline: campus
            registry: { url: "http://localhost:8081" }
            source: { topics: [raw], subject: student, time: time, format: avro }
            anonymize:
              k: 2
              quasi-identifiers:
                postal: { hierarchy: { prefix: [5, 3, 1] } }
            """,
            Purpose.CHECK)
        .orThrow();
  }

  /** A registry that holds whatever was registered last. */
  private static final class OneSchema implements SchemaRegistry {
    private Optional<Schema> held = Optional.empty();

    @Override
    public int register(String subject, Schema schema) {
      held = Optional.of(schema);
      return 1;
    }

    @Override
    public Optional<Schema> schemaById(int id) {
      return held;
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
      return true;
    }
  }
}
