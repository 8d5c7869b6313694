// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDerivationTest {
  private static final OutputFields.Type TEXT = OutputFields.Type.TEXT;
  private static final String PERSON =
      """
      {"type": "record", "name": "Person", "namespace": "edu", "fields": [
        {"name": "name", "type": "string"},
        {"name": "mbox", "type": ["null", "string"], "default": null},
        {"name": "account", "type": {"type": "record", "name": "Account", "fields": [
          {"name": "name", "type": "string"}, {"name": "homePage", "type": "string"}]}}]}
      """;
  private static final Schema EVENT =
      parse(
          """
          {"type": "record", "name": "Event", "namespace": "edu", "fields": [
            {"name": "actor", "type": %s},
            {"name": "instructor", "type": ["null", "Person"]},
            {"name": "score", "type": "int"},
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "object", "type": ["int", "Person", {"type": "array", "items": "string"}]},
            {"name": "grouping", "type": {"type": "array", "items":
              {"type": "record", "name": "Activity", "fields": [
                {"name": "id", "type": "string"},
                {"name": "names", "type": {"type": "map", "values": "string"}}]}}}]}
          """
              .formatted(PERSON));

  @Test
  void whatBecomesTextHasAPlaceEvenWhereTheSourceLacksTheField() {
    Schema derived =
        drop(EVENT, "credits", OutputFields.Type.TEXT, "home.region", OutputFields.Type.TEXT);

    Schema home = derived.getField("home").schema().getTypes().get(1);
    assertThat(derived.getField("credits").schema().toString()).isEqualTo("[\"null\",\"string\"]");
    assertThat(home.getField("region").schema().toString()).isEqualTo("[\"null\",\"string\"]");
  }

  @Test
  void whatAuthorsWroteBesideTheirTypesStaysBehind() {
    Schema event =
        parse(
            """
            {"type": "record", "name": "Event", "doc": "jane", "fields": [
              {"name": "mail", "doc": "jane", "type": {"type": "string", "example": "jane"}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "doc": "jane",
                "aliases": ["jane"], "symbols": ["A"], "default": "A"}},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "doc": "jane",
                "size": 4}}]}
            """);

    Schema derived =
        drop(
            event,
            "mail",
            OutputFields.Type.SAME,
            "kind",
            OutputFields.Type.SAME,
            "hash",
            OutputFields.Type.SAME);

    assertThat(derived.toString()).contains("Kind", "Hash").doesNotContain("jane");
  }

  @Test
  void onlyListedFieldsAreLeftEachOptional() {
    Schema derived =
        drop(
            EVENT,
            "score",
            OutputFields.Type.SAME,
            "at",
            OutputFields.Type.SAME,
            "kind",
            OutputFields.Type.SAME);

    assertThat(derived.getFullName()).isEqualTo("io.cloister.derived.Out");
    assertThat(derived.toString())
        .isEqualTo(
            parse(
                    """
                    {"type": "record", "name": "Out", "namespace": "io.cloister.derived", "fields": [
                      {"name": "score", "type": ["null", "int"], "default": null},
                      {"name": "kind", "type": ["null", {"type": "enum", "name": "Kind",
                        "namespace": "edu", "symbols": ["A", "B"]}], "default": null},
                      {"name": "at", "type": ["null", {"type": "long",
                        "logicalType": "timestamp-millis"}], "default": null}]}
                    """)
                .toString());
  }

  @Test
  void aTreatedFieldBecomesOptionalText() {
    Schema derived =
        drop(
            EVENT,
            "score",
            OutputFields.Type.TEXT,
            "actor",
            OutputFields.Type.TEXT,
            "kind",
            OutputFields.Type.ABSENT);

    assertThat(derived.getFields())
        .extracting(Schema.Field::name)
        .containsExactly("actor", "score");
    assertThat(derived.getField("score").schema())
        .hasToString("[\"null\",\"string\"]")
        .isEqualTo(derived.getField("actor").schema());
  }

  @Test
  void aFieldThatTheInputDoesNotHaveIsAbsent() {
    assertThat(
            drop(
                    EVENT,
                    "nosuch.field",
                    OutputFields.Type.SAME,
                    "score.inside",
                    OutputFields.Type.SAME)
                .getFields())
        .isEmpty();
  }

  @Test
  void oneTypePrunedInTwoWaysHasTwoNames() {
    Schema derived =
        drop(
            EVENT,
            "actor.account.name",
            OutputFields.Type.TEXT,
            "instructor.account.homePage",
            OutputFields.Type.SAME);

    assertThat(reparsed(derived)).isEqualTo(derived);
    assertThat(only(derived.getField("actor")).getFullName())
        .isEqualTo("io.cloister.derived.Out.actor");
    assertThat(names(only(only(derived.getField("actor")).getField("account"))))
        .containsExactly("name");
    assertThat(names(only(only(derived.getField("instructor")).getField("account"))))
        .containsExactly("homePage");
  }

  @Test
  void pathsLeadThroughArraysAndMaps() {
    Schema derived = drop(EVENT, "grouping[*].names.en", OutputFields.Type.SAME);

    Schema item = only(derived.getField("grouping")).getElementType();
    assertThat(names(item)).containsExactly("names");
    assertThat(only(item.getField("names")).getValueType().getType()).isEqualTo(Schema.Type.STRING);
  }

  @Test
  void elementsOfAnArrayMayBecomeText() {
    Schema derived = drop(EVENT, "grouping[*]", OutputFields.Type.TEXT);

    assertThat(only(derived.getField("grouping")).getElementType())
        .hasToString("[\"null\",\"string\"]");
  }

  @Test
  void onlyTheBranchesOfAUnionThatHoldTheFieldAreLeft() {
    Schema derived = drop(EVENT, "object.name", OutputFields.Type.TEXT);

    assertThat(names(only(derived.getField("object")))).containsExactly("name");
  }

  @Test
  void keptWholeATypeKeepsAllItHasIncludingUnlistedFields() {
    Schema derived =
        derive(
            EVENT,
            true,
            Map.of("actor.name", OutputFields.Type.TEXT, "grouping", OutputFields.Type.ABSENT));

    assertThat(names(derived))
        .containsExactly("actor", "instructor", "score", "kind", "at", "object");
    assertThat(only(only(derived.getField("actor")).getField("account")).getFullName())
        .isEqualTo("io.cloister.derived.whole.edu.Account");
    assertThat(only(derived.getField("instructor")).getFullName())
        .isEqualTo("io.cloister.derived.whole.edu.Person");
    assertThat(reparsed(derived)).isEqualTo(derived);
  }

  @Test
  void aLongerPathDecidesAboutItsPartOfAKeptField() {
    Schema derived =
        drop(
            EVENT, "actor", OutputFields.Type.SAME, "actor.account.name", OutputFields.Type.ABSENT);

    assertThat(names(only(derived.getField("actor")))).containsExactly("name", "mbox", "account");
    assertThat(names(only(only(derived.getField("actor")).getField("account"))))
        .containsExactly("homePage");
  }

  @Test
  void aTypeThatHoldsItselfIsKeptWholeOrPrunedAsDeepAsThePathsGo() {
    Schema tree =
        parse(
            """
            {"type": "record", "name": "Post", "fields": [
              {"name": "text", "type": "string"},
              {"name": "replies", "type": {"type": "array", "items": "Post"}}]}
            """);

    Schema kept = derive(tree, true, Map.of("text", OutputFields.Type.TEXT));
    Schema pruned = drop(tree, "replies[*].replies[*].text", OutputFields.Type.SAME);

    Schema reply = only(kept.getField("replies")).getElementType();
    assertThat(only(reply.getField("replies")).getElementType()).isSameAs(reply);
    assertThat(reparsed(kept)).isEqualTo(kept);
    assertThat(names(pruned)).containsExactly("replies");
    Schema second =
        only(only(pruned.getField("replies")).getElementType().getField("replies"))
            .getElementType();
    assertThat(names(second)).containsExactly("text");
  }

  @Test
  void aDerivedSchemaCanBeDerivedFromAgain() {
    Schema scrubbed =
        drop(
            EVENT,
            "actor.account",
            OutputFields.Type.SAME,
            "score",
            OutputFields.Type.SAME,
            "kind",
            OutputFields.Type.SAME);

    Schema anonymized =
        drop(scrubbed, "actor.account", OutputFields.Type.SAME, "score", OutputFields.Type.TEXT);

    assertThat(reparsed(anonymized)).isEqualTo(anonymized);
    assertThat(only(only(anonymized.getField("actor")).getField("account")).getFullName())
        .isEqualTo("io.cloister.derived.whole.edu.Account");
  }

  @Test
  void fieldsMayComeAndGoInSourceAndConfig() {
    Schema before =
        drop(EVENT, "actor.name", OutputFields.Type.TEXT, "score", OutputFields.Type.SAME);
    Schema after =
        drop(
            EVENT,
            "actor.account.name",
            OutputFields.Type.TEXT,
            "actor.name",
            OutputFields.Type.TEXT);

    assertThat(compatible(after, before)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(compatible(before, after)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @ParameterizedTest
  @CsvSource({
    "m.x[*].a, SAME, m.y[*].b, SAME, '{\"m\":{\"x\":[{\"a\":\"1\"}],\"y\":[{\"b\":\"2\"}]}}'",
    "m.x[*].a, TEXT, m.y, SAME, '{\"m\":{\"x\":[{\"a\":\"1\"}],\"y\":[{\"a\":\"2\",\"b\":\"3\"}]}}'",
    "m.x[*], TEXT, m.y[*].b, TEXT, '{\"m\":{\"x\":[\"1\",null],\"y\":[{\"b\":null}]}}'",
    "m.x, TEXT, m.y[*].b, SAME, '{\"m\":{\"x\":\"1\",\"y\":[{\"b\":\"2\"}],\"z\":null}}'"
  })
  void keysOfOneMapMayBecomeUnlikeLists(
      String one, OutputFields.Type first, String other, OutputFields.Type second, String treated)
      throws Exception {
    Schema input =
        inMap(
            """
            {"type": "array", "items": {"type": "record", "name": "V", "fields": [
              {"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}}
            """);

    assertThat(written(drop(input, one, first, other, second), treated)).isEqualTo(tree(treated));
  }

  @Test
  void keysOfOneMapMayBecomeUnlikeMaps() throws Exception {
    Schema input = inMap("{\"type\": \"map\", \"values\": [\"int\", \"string\"]}");
    String treated = "{\"m\":{\"x\":{\"a\":\"token\"},\"y\":{\"b\":7}}}";

    Schema derived = drop(input, "m.x.a", OutputFields.Type.TEXT, "m.y.b", OutputFields.Type.SAME);

    assertThat(written(derived, treated)).isEqualTo(tree(treated));
  }

  @Test
  void aTextOfALogicalTypeMayStandBesideATreatedOne() throws Exception {
    Schema input = inMap("{\"type\": \"string\", \"logicalType\": \"uuid\"}");
    String treated = "{\"m\":{\"x\":\"REDACTED\",\"y\":\"1\"}}";

    Schema derived = drop(input, "m.x", OutputFields.Type.TEXT, "m.y", OutputFields.Type.SAME);

    assertThat(written(derived, treated)).isEqualTo(tree(treated));
  }

  @Test
  void unlistedKeysOfAMapAreKeptBesideTreatedOnes() throws Exception {
    Schema input =
        inMap(
            """
            {"type": "array", "items": {"type": "record", "name": "V", "fields": [
              {"name": "a", "type": "int"}]}}
            """);
    String treated = "{\"m\":{\"x\":[{\"a\":\"token\"}],\"z\":[{\"a\":7}]}}";

    Schema derived = derive(input, true, Map.of("m.x[*].a", OutputFields.Type.TEXT));

    assertThat(written(derived, treated)).isEqualTo(tree(treated));
  }

  @Test
  void aTreatedKeyThatNoFieldCanBeNamedByHasAPlaceWhereTheSourceLacksTheMap() throws Exception {
    Schema derived =
        drop(EVENT, "ext['http://x.org/a b'].n", OutputFields.Type.TEXT, "ext.c", TEXT, "é", TEXT);
    String treated = "{\"ext\":{\"http://x.org/a b\":{\"n\":\"token\"},\"c\":\"*\"},\"é\":\"*\"}";

    assertThat(written(derived, treated)).isEqualTo(tree(treated));
  }

  @Test
  void aTextHasAPlaceWhereTheSourceHasSomethingOfAnotherShape() throws Exception {
    Schema input =
        parse(
            "{\"type\":\"record\",\"name\":\"E\",\"fields\":"
                + "[{\"name\":\"a\",\"type\":[\"null\",\"string\"]}]}");
    Schema derived = drop(input, "a.b", TEXT);

    assertThat(written(derived, "{\"a\":{\"b\":\"label\"}}"))
        .isEqualTo(tree("{\"a\":{\"b\":\"label\"}}"));
  }

  @Test
  void aNameThatNoFieldCanHaveIsAbsentFromRecords() {
    Schema derived = drop(EVENT, "['a b']", TEXT, "actor['c d']", TEXT, "actor.name", TEXT);

    assertThat(names(derived)).containsExactly("actor");
    assertThat(names(only(derived.getField("actor")))).containsExactly("name");
  }

  @Test
  void aTypeOfTheSourceThatIsNamedLikeOneOfOursIsRefused() {
    Schema input =
        parse(
            """
            {"type": "record", "name": "E", "fields": [
              {"name": "a", "type": {"type": "record", "name": "A", "fields": [
                {"name": "x", "type": "int"}]}},
              {"name": "b", "type": {"type": "enum", "name": "a",
                "namespace": "io.cloister.derived.Out", "symbols": ["S"]}}]}
            """);
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 1000);
    OutputFields fields =
        outputs(false, Map.of("a.x", OutputFields.Type.SAME, "b", OutputFields.Type.SAME));

    assertThatThrownBy(() -> format.derive(new Shape.Described(input), fields))
        .isInstanceOfSatisfying(
            UntreatableRecordException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.NO_OUTPUT_SCHEMA));
  }

  @Test
  void equalArgumentsGiveOneShape() throws Exception {
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 1000);
    Shape first = format.derive(new Shape.Described(EVENT), outputs(false, Map.of()));

    assertThat(format.derive(new Shape.Described(reparsed(EVENT)), outputs(false, Map.of())))
        .isSameAs(first);
  }

  @Test
  void whatTreatmentsLeaveFitsTheDerivedSchema() throws Exception {
    Schema derived =
        drop(
            EVENT,
            "actor.account.name",
            OutputFields.Type.TEXT,
            "instructor.name",
            OutputFields.Type.SAME,
            "grouping[*].names.en",
            OutputFields.Type.SAME,
            "object.mbox",
            OutputFields.Type.TEXT);
    ObjectNode tree =
        (ObjectNode)
            new JsonMapper()
                .readTree(
                    """
                    {"actor": {"account": {"name": "t0ken"}}, "instructor": {},
                     "grouping": [{"names": {"en": "Maths"}}, {"names": {}}, {}],
                     "object": {"mbox": null}}
                    """);
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 1000);

    byte[] bytes = format.encode("t", tree, new Shape.Described(derived));

    assertThat(format.decode(bytes).tree().at("/actor/account/name").textValue())
        .isEqualTo("t0ken");
    assertThat(format.decode(bytes).tree().at("/grouping/0/names/en").textValue())
        .isEqualTo("Maths");
  }

  @Property(tries = 300)
  void whateverTheInputItCanBeKeptWholeAndWrittenAgain(@ForAll long seed) throws Exception {
    RandomAvro draw = new RandomAvro(seed);
    Schema input = draw.record(4);
    ObjectNode tree = (ObjectNode) draw.tree(input);
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 10_000_000);
    Shape shape = format.derive(new Shape.Described(input), outputs(true, Map.of()));

    // As text: a union of int and long may take the one or the other for the same number.
    assertThat(format.decode(format.encode("t", tree, shape)).tree()).hasToString(tree.toString());
    Schema derived = ((Shape.Described) shape).schema();
    assertThat(reparsed(derived)).isEqualTo(derived);
  }

  @Property(tries = 2_000)
  void whateverTheInputAndThePathsThereIsASchema(@ForAll long seed) throws Exception {
    RandomAvro draw = new RandomAvro(seed);
    Schema input = draw.record(6);
    Map<FieldPath, OutputFields.Type> fields = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      fields.put(draw.path(input), draw.outputType());
    }
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 1000);

    Shape shape =
        format.derive(new Shape.Described(input), new OutputFields("Out", fields, seed % 2 == 0));

    // The next stage derives from what this one has derived.
    assertThat(format.derive(shape, new OutputFields("Next", fields, false))).isNotNull();
  }

  private static Schema drop(Schema input, Object... pathsAndTypes) {
    Map<String, OutputFields.Type> fields = new LinkedHashMap<>();
    for (int i = 0; i < pathsAndTypes.length; i += 2) {
      fields.put((String) pathsAndTypes[i], (OutputFields.Type) pathsAndTypes[i + 1]);
    }
    return derive(input, false, fields);
  }

  private static Schema derive(
      Schema input, boolean keepUnlisted, Map<String, OutputFields.Type> fields) {
    return SchemaDerivation.derive(input, outputs(keepUnlisted, fields));
  }

  private static OutputFields outputs(boolean keepUnlisted, Map<String, OutputFields.Type> fields) {
    Map<FieldPath, OutputFields.Type> paths = new LinkedHashMap<>();
    fields.forEach((path, type) -> paths.put(FieldPath.parse(path), type));
    return new OutputFields("Out", paths, keepUnlisted);
  }

  private static Schema inMap(String values) {
    return parse(
        """
        {"type": "record", "name": "E", "fields": [{"name": "m", "type":
          {"type": "map", "values": %s}}]}
        """
            .formatted(values));
  }

  /** What a reader who has the schema from the registry alone finds of what was written. */
  private static ObjectNode written(Schema derived, String treated) throws Exception {
    assertThat(reparsed(derived)).isEqualTo(derived);
    AvroFormat format = new AvroFormat(new InMemoryRegistry(), 1000);
    byte[] bytes = format.encode("t", tree(treated), new Shape.Described(reparsed(derived)));
    ObjectNode read = format.decode(bytes).tree();
    read.properties().removeIf(field -> field.getValue().isNull());
    return read;
  }

  private static ObjectNode tree(String json) throws Exception {
    return (ObjectNode) new JsonMapper().readTree(json);
  }

  private static SchemaCompatibilityType compatible(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static Schema only(Schema.Field field) {
    assertThat(field.schema().getTypes()).hasSize(2);
    return field.schema().getTypes().get(1);
  }

  private static List<String> names(Schema record) {
    return record.getFields().stream().map(Schema.Field::name).toList();
  }

  private static Schema reparsed(Schema schema) {
    return parse(schema.toString());
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json);
  }
}
