// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import io.cloister.it.Attempts.Attempt;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Attempts as records of two versions of a schema, full of what nobody may see. */
final class AvroAttempts {
  private static final String FIELDS =
      """
      {"type": "record", "name": "Attempt", "namespace": "edu.example",
       "doc": "such as those of pupil0001", "fields": [
        {"name": "row", "type": "int"},
        {"name": "actor", "type": {"type": "record", "name": "Actor", "fields": [
          {"name": "account", "type": {"type": "record", "name": "Account", "fields": [
            {"name": "name", "type": ["null", "string"]}]}},
          {"name": "mbox", "type": "string"}]}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "gender", "type": {"type": "enum", "name": "Gender", "symbols": ["F", "M", "X"]}},
        {"name": "age", "type": "int"},
        {"name": "zip", "type": "string"},
        {"name": "course", "type": "string"},
        {"name": "score", "type": %s},
        {"name": "answer", "type": ["null", "string"]},
        {"name": "remarks", "type": {"type": "map", "values": {"type": "array", "items":
          {"type": "record", "name": "Remark", "fields": [
            {"name": "words", "type": "string"}, {"name": "author", "type": "string"}]}}}},
        {"name": "session", "type": "string"}%s]}
      """;

  static final Schema FIRST = parse("[\"null\", \"int\"]", "");

  /** Adds two optional fields, of which the config lists one. */
  static final Schema SECOND =
      parse(
          "[\"null\", \"int\"]",
          """
          , {"name": "term", "type": ["null", "string"], "default": null}
          , {"name": "nickname", "type": ["null", "string"], "default": null}
          """);

  /** A number has become text. */
  static final Schema UNLIKE = parse("\"string\"", "");

  private AvroAttempts() {}

  private static Schema parse(String score, String more) {
    return new Schema.Parser().parse(FIELDS.formatted(score, more));
  }

  static GenericRecord record(Schema schema, Attempt attempt) {
    GenericRecord account =
        new GenericData.Record(schema.getField("actor").schema().getField("account").schema());
    account.put("name", attempt.student());
    GenericRecord actor = new GenericData.Record(schema.getField("actor").schema());
    actor.put("account", account);
    actor.put("mbox", attempt.mail());
    GenericRecord record = new GenericData.Record(schema);
    record.put("row", attempt.row());
    record.put("actor", actor);
    record.put("at", attempt.at().toEpochMilli());
    record.put(
        "gender", new GenericData.EnumSymbol(schema.getField("gender").schema(), attempt.gender()));
    record.put("age", attempt.age());
    record.put("zip", attempt.zip());
    record.put("course", attempt.course());
    record.put("score", schema.equals(UNLIKE) ? "many" : attempt.score());
    record.put("answer", attempt.row() % 2 == 0 ? null : "ask " + attempt.mail() + " why");
    Schema remark = schema.getField("remarks").schema().getValueType().getElementType();
    record.put(
        "remarks",
        Map.of(
            "http://schema.example/teacher", List.of(remark(remark, "well done", attempt)),
            "peer", List.of(remark(remark, "by " + attempt.student(), attempt)),
            "http://schema.example/other", List.of(remark(remark, attempt.student(), attempt))));
    record.put("session", "of " + attempt.student());
    if (schema.equals(SECOND)) {
      record.put("term", "spring");
      record.put("nickname", "dear " + attempt.student());
    }
    return record;
  }

  private static GenericRecord remark(Schema schema, String words, Attempt attempt) {
    GenericRecord remark = new GenericData.Record(schema);
    remark.put("words", words);
    remark.put("author", attempt.mail());
    return remark;
  }
}
