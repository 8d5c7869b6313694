// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormatTest {
  private static final Schema EVENT =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Event", "namespace": "test", "fields": [
                {"name": "id", "type": "string"},
                {"name": "score", "type": ["null", "int"]},
                {"name": "tags", "type": {"type": "array", "items": "string"}}]}
              """);
  private static final Schema LABELS =
      SchemaBuilder.record("Labels")
          .fields()
          .name("l")
          .type()
          .map()
          .values()
          .intType()
          .noDefault()
          .endRecord();
  private static final Schema NOTHINGS =
      SchemaBuilder.record("Nothings")
          .fields()
          .name("n")
          .type()
          .array()
          .items()
          .nullType()
          .noDefault()
          .endRecord();
  private static final Schema CHAIN =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Chain", "fields": [
                {"name": "next", "type": ["null", "Chain"]}]}
              """);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AvroFormat format = new AvroFormat(registry, 100_000);

  @Test
  void theWireFormatIsMagicIdAndBinary() throws Exception {
    registry.register("other", CHAIN);
    ObjectNode tree = object("{'id': 'é', 'score': -3, 'tags': ['a', 'b']}");

    byte[] bytes = format.encode("events", tree, new Shape.Described(EVENT));

    assertThat(bytes)
        .isEqualTo(
            HexFormat.of().parseHex("00" + "00000002" + "04c3a9" + "0205" + "0402610262" + "00"));
    assertThat(registry.subjects).last().isEqualTo("events-value");
    assertThat(format.decode(bytes).tree()).isEqualTo(tree);
    assertThat(format.decode(bytes).shape()).isEqualTo(new Shape.Described(EVENT));
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBackTheSame(@ForAll long seed) throws Exception {
    RandomAvro draw = new RandomAvro(seed);
    Schema schema = draw.record(4);
    ObjectNode tree = (ObjectNode) draw.tree(schema);
    AvroFormat large = new AvroFormat(registry, 10_000_000);

    byte[] bytes = large.encode("t", tree, new Shape.Described(schema));

    // As text: a union of int and long may take the one or the other for the same number.
    assertThat(large.decode(bytes).tree()).hasToString(tree.toString());
  }

  @Property(tries = 200)
  void avrosOwnReaderAndWriterAgree(@ForAll long seed) throws Exception {
    RandomAvro draw = new RandomAvro(seed);
    Schema schema = draw.record(4);
    AvroFormat large = new AvroFormat(registry, 10_000_000);
    byte[] ours = large.encode("t", (ObjectNode) draw.tree(schema), new Shape.Described(schema));

    var datum =
        new GenericDatumReader<Object>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(ours, 5, ours.length - 5, null));
    assertThat(GenericData.get().validate(schema, datum)).isTrue();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    theirs.write(ours, 0, 5);
    var encoder = EncoderFactory.get().blockingBinaryEncoder(theirs, null);
    new GenericDatumWriter<Object>(schema).write(datum, encoder);
    encoder.flush();

    assertThat(large.decode(theirs.toByteArray()).tree()).isEqualTo(large.decode(ours).tree());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "00000000", "0100000001", "7b2261223a317d"})
  void whatIsNotInTheWireFormatIsRefused(String hex) {
    assertThat(failure(HexFormat.of().parseHex(hex))).isEqualTo(FailureKind.MALFORMED);
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    byte[] bytes =
        format.encode("t", object("{'id':'x','score':1,'tags':['a']}"), new Shape.Described(EVENT));

    for (int length = 0; length < bytes.length; length++) {
      assertThat(failure(Arrays.copyOf(bytes, length))).isEqualTo(FailureKind.MALFORMED);
    }
  }

  @Test
  void trailingBytesAreRefused() throws Exception {
    byte[] bytes =
        format.encode("t", object("{'id':'x','score':1,'tags':['a']}"), new Shape.Described(EVENT));

    assertThat(failure(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(FailureKind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77, -1})
  void anUnknownSchemaIdIsRefused(int id) {
    assertThat(failure(ByteBuffer.allocate(5).putInt(1, id).array()))
        .isEqualTo(FailureKind.UNKNOWN_SCHEMA);
  }

  @Test
  void aSchemaThatIsNoRecordIsRefused() {
    assertThat(failure(message(Schema.create(Schema.Type.STRING), "0261")))
        .isEqualTo(FailureKind.NOT_A_RECORD);
  }

  @Test
  void anUnreachableRegistryIsNoFaultOfTheRecord() {
    SchemaRegistry away =
        new SchemaRegistry() {
          @Override
          public int register(String subject, Schema schema) {
            throw new EnvironmentException("away");
          }

          @Override
          public Optional<Schema> schemaById(int id) {
            throw new EnvironmentException("away");
          }

          @Override
          public boolean isCompatible(String subject, Schema schema) {
            throw new EnvironmentException("away");
          }
        };

    assertThatThrownBy(() -> new AvroFormat(away, 100).decode(new byte[5]))
        .isInstanceOf(EnvironmentException.class);
  }

  @Test
  void aRecordLargerThanTheLimitIsRefusedUnread() {
    assertThat(failure(new byte[100_001])).isEqualTo(FailureKind.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feffffffffffffffff01", // a text of 2^63 - 1 bytes
        "feffffff0f", // a text of 2^31 - 1 bytes
        "01", // a text of -1 bytes
        "02c3", // a text that ends inside a character
        "06eda080", // a surrogate written as UTF-8
        "ffffffffffffffffff02", // more than 64 bits
        "ffffffffffffffffffff01", // more than ten bytes
        "0000feffffffffffffffff01", // an array of 2^63 - 1 texts
        "000001", // an array block without its size
        "0000ffffffffffffffffff0100", // an array of -2^63 texts
        "0004", // branch 2 of two
        "0001" // branch -1
      })
  void hostileLengthsAreRefusedWithoutRoomBeingMade(String hex) {
    assertThat(failure(message(EVENT, hex))).isEqualTo(FailureKind.MALFORMED);
  }

  @Test
  void valuesThatTakeNoBytesAreBounded() throws Exception {
    assertThat(failure(message(NOTHINGS, "feffffffffffffffff01"))).isEqualTo(FailureKind.TOO_LARGE);
    assertThat(format.decode(message(NOTHINGS, "0a00")).tree().get("n")).hasSize(5);
  }

  @Test
  void aMapKeyNamedTwiceIsRefused() {
    assertThat(failure(message(LABELS, "04" + "026102" + "026104" + "00")))
        .isEqualTo(FailureKind.DUPLICATE_KEY);
  }

  @Test
  void nestingIsBounded() throws Exception {
    assertThat(format.decode(message(CHAIN, "02".repeat(99) + "00")).tree().has("next")).isTrue();
    assertThat(failure(message(CHAIN, "02".repeat(100) + "00"))).isEqualTo(FailureKind.TOO_DEEP);
    assertThat(failure(message(CHAIN, "02".repeat(50_000)))).isEqualTo(FailureKind.TOO_DEEP);
  }

  @Test
  void aRecordThatHoldsItselfForEverIsRefused() {
    Schema endless = Schema.createRecord("Endless", null, null, false);
    endless.setFields(
        java.util.List.of(new Schema.Field("a", endless), new Schema.Field("b", endless)));

    assertThat(failure(message(endless, ""))).isEqualTo(FailureKind.TOO_DEEP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 1, 'tags': []}",
        "{'tags': []}",
        "{'id': null, 'tags': []}",
        "{'id': 'secret', 'tags': {}}",
        "{'id': 'secret', 'tags': [null]}",
        "{'id': 'secret', 'tags': [], 'score': 'secret'}",
        "{'id': 'secret', 'tags': [], 'score': 3000000000}",
        "{'id': 'secret', 'tags': [], 'score': 1.5}",
        "{'id': 'secret', 'tags': [], 'other': 1}"
      })
  void contentThatDoesNotFitItsSchemaIsNotWritten(String json) {
    UntreatableRecordException thrown =
        catchThrowableOfType(
            UntreatableRecordException.class,
            () -> format.encode("t", object(json), new Shape.Described(EVENT)));

    assertThat(thrown.kind()).isEqualTo(FailureKind.UNENCODABLE);
    assertThat(thrown).hasNoCause().hasMessage("UNENCODABLE");
  }

  @Test
  void aLoneSurrogateIsNotWritten() {
    ObjectNode tree = object("{'id': 'x', 'tags': []}").put("id", "\udc00");

    assertThat(
            catchThrowableOfType(
                    UntreatableRecordException.class,
                    () -> format.encode("t", tree, new Shape.Described(EVENT)))
                .kind())
        .isEqualTo(FailureKind.UNENCODABLE);
  }

  @Test
  void emptiedContainersAndNullsWithoutAPlaceAreLeftOut() throws Exception {
    ObjectNode tree = object("{'id': 'x', 'tags': [], 'gone': {}, 'too': null, 'and': []}");

    byte[] bytes = format.encode("t", tree, new Shape.Described(EVENT));

    assertThat(format.decode(bytes).tree())
        .isEqualTo(object("{'id': 'x', 'score': null, 'tags': []}"));
  }

  @Test
  void tryingBranchesOfNestedUnionsEnds() {
    Schema twoWays =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Root", "fields": [{"name": "x", "type": ["null",
                  {"type": "record", "name": "A", "fields": [
                    {"name": "x", "type": ["null", "A",
                      {"type": "record", "name": "B", "fields": [
                        {"name": "x", "type": ["null", "A", "B"]}, {"name": "y", "type": "int"}]}]},
                    {"name": "y", "type": "long"}]}, "B"]}]}
                """);
    ObjectNode tree = object("{}");
    ObjectNode at = tree;
    for (int i = 0; i < 98; i++) {
      at = at.putObject("x").put("y", 1);
    }
    at.put("y", "neither");

    assertThat(
            catchThrowableOfType(
                    UntreatableRecordException.class,
                    () -> format.encode("t", tree, new Shape.Described(twoWays)))
                .kind())
        .isEqualTo(FailureKind.UNENCODABLE);
  }

  @Property(tries = 2000)
  void randomBytesAreDecodedOrRefusedByKind(
      @ForAll @Size(max = 60) byte[] bytes, @ForAll long seed) {
    failureOrNone(message(new RandomAvro(seed).record(3), HexFormat.of().formatHex(bytes)));
  }

  @Property(tries = 1000)
  void damagedRecordsAreDecodedOrRefusedByKind(
      @ForAll long seed, @ForAll int position, @ForAll byte replacement) throws Exception {
    RandomAvro draw = new RandomAvro(seed);
    Schema schema = draw.record(3);
    byte[] bytes = format.encode("t", (ObjectNode) draw.tree(schema), new Shape.Described(schema));
    bytes[Math.floorMod(position, bytes.length)] = replacement;
    failureOrNone(bytes);
  }

  private void failureOrNone(byte[] bytes) {
    try {
      format.decode(bytes);
    } catch (UntreatableRecordException e) {
      assertThat(e).hasNoCause().hasMessage(e.kind().toString());
    }
  }

  private FailureKind failure(byte[] value) {
    UntreatableRecordException thrown =
        catchThrowableOfType(UntreatableRecordException.class, () -> format.decode(value));
    assertThat(thrown).hasNoCause().hasMessage(thrown.kind().toString());
    return thrown.kind();
  }

  private byte[] message(Schema schema, String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) 0)
        .putInt(registry.register("t", schema))
        .put(body)
        .array();
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) new JsonMapper().readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
