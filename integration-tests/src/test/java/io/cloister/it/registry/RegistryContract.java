// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.AvroFormat;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Shape;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.common.registry.ConfluentRegistryClient;
import io.cloister.common.registry.SchemaRegistry;
import io.cloister.schemas.Schemas;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What our client and format need of a registry; each registry that we run on must pass. */
interface RegistryContract {
  /** The base address of a running registry with backward compatibility. */
  String url();

  /** A client that remembers nothing yet. */
  default SchemaRegistry client() {
    return ConfluentRegistryClient.caching(
        new RegistryConfig(
            url(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        Path.of("."));
  }

  /** A topic that no other test has used. */
  default String topic() {
    return "topic-" + UUID.randomUUID();
  }

  @Test
  default void whatIsRegisteredIsFoundByItsId() {
    int id = client().register(topic() + "-value", Schemas.learningEvent());

    assertThat(client().schemaById(id)).contains(Schemas.learningEvent());
  }

  @Test
  default void oneSchemaHasOneIdHoweverOftenAndWhereverItIsRegistered() {
    String subject = topic() + "-value";
    int id = client().register(subject, Schemas.aggregate());

    assertThat(client().register(subject, Schemas.aggregate())).isEqualTo(id);
    assertThat(client().register(topic() + "-value", Schemas.aggregate())).isEqualTo(id);
  }

  @Test
  default void anIdThatWasNeverGivenIsUnknown() {
    assertThat(client().schemaById(Integer.MAX_VALUE)).isEmpty();
    assertThat(client().schemaById(-1)).isEmpty();
  }

  @Test
  default void aRecordOfAnUnknownSchemaIsRefusedAsSuch() {
    byte[] record = {0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 2};

    assertThatThrownBy(() -> new AvroFormat(client(), 100).decode(record))
        .isInstanceOfSatisfying(
            UntreatableRecordException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.UNKNOWN_SCHEMA));
  }

  @Test
  default void aNewSubjectTakesAnySchema() {
    assertThat(client().isCompatible(topic() + "-value", schema("'a','type':'int'"))).isTrue();
  }

  @Test
  default void aSchemaThatCannotReadWhatIsThereIsRefused() {
    String subject = topic() + "-value";
    Schema first = schema("'a','type':'int'");
    Schema incompatible = schema("'b','type':'int'");
    Schema compatible = schema("'b','type':'int','default':0");
    client().register(subject, first);

    assertThat(client().isCompatible(subject, incompatible)).isFalse();
    assertThat(client().isCompatible(subject, compatible)).isTrue();
    assertThatThrownBy(() -> client().register(subject, incompatible))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(subject);
    assertThat(client().register(subject, compatible))
        .isNotEqualTo(client().register(subject, first));
  }

  @Test
  default void aSubjectMayHaveAnyName() {
    String subject = topic() + ".with.dots_and-dashes-value";
    int id = client().register(subject, schema("'a','type':'int'"));

    assertThat(client().register(subject, schema("'a','type':'int'"))).isEqualTo(id);
  }

  @Test
  default void aDerivedRecordIsReadByWhoeverKnowsOnlyTheRegistry() throws Exception {
    RecordFormat writer = new AvroFormat(client(), 10_000);
    Shape shape =
        writer.derive(
            new Shape.Described(Schemas.learningEvent()),
            fields(Map.of("actor.account.name", OutputFields.Type.TEXT, "score", SAME)));
    ObjectNode tree =
        (ObjectNode)
            new JsonMapper().readTree("{\"actor\":{\"account\":{\"name\":\"t0k\"}},\"score\":3}");

    byte[] bytes = writer.encode(topic(), tree, shape);

    Decoded decoded = new AvroFormat(client(), 10_000).decode(bytes);
    assertThat(decoded.tree()).isEqualTo(tree);
    assertThat(decoded.shape()).isEqualTo(shape);
  }

  @Test
  default void derivedSchemasEvolveWithTheConfigUnderOneSubject() throws Exception {
    RecordFormat format = new AvroFormat(client(), 10_000);
    String topic = topic();
    Shape input = new Shape.Described(Schemas.learningEvent());
    Shape first = format.derive(input, fields(Map.of("actor.name", SAME, "score", SAME)));
    Shape second =
        format.derive(
            input, fields(Map.of("actor.account.name", SAME, "course", SAME, "score", SAME)));
    ObjectNode tree = (ObjectNode) new JsonMapper().readTree("{\"score\":3}");

    byte[] before = format.encode(topic, tree, first);
    byte[] after = format.encode(topic, tree, second);

    RecordFormat reader = new AvroFormat(client(), 10_000);
    assertThat(reader.decode(before).tree().path("score").intValue()).isEqualTo(3);
    assertThat(reader.decode(after).tree().path("score").intValue()).isEqualTo(3);
  }

  /** The type stays. */
  OutputFields.Type SAME = OutputFields.Type.SAME;

  private static OutputFields fields(Map<String, OutputFields.Type> fields) {
    Map<FieldPath, OutputFields.Type> paths = new java.util.LinkedHashMap<>();
    fields.forEach((path, type) -> paths.put(FieldPath.parse(path), type));
    return new OutputFields("Scrubbed", paths, false);
  }

  private static Schema schema(String field) {
    return new Schema.Parser()
        .parse(
            "{'type':'record','name':'R','fields':[{'name':%s}]}"
                .formatted(field)
                .replace('\'', '"'));
  }
}
