// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;

/** Walks a writer schema over the bytes of one record and builds its tree. */
final class AvroTreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Values such as null take no bytes, so the record's size does not bound how many there are. */
  private static final int MAX_VALUES_WITHOUT_BYTES = 100_000;

  private final AvroInput input;
  private int valuesWithoutBytes;

  private AvroTreeReader(AvroInput input) {
    this.input = input;
  }

  /**
   * @param schema a record schema
   * @param bytes the encoded record
   * @param start where in it the Avro binary starts
   */
  static ObjectNode read(Schema schema, byte[] bytes, int start) throws UntreatableRecordException {
    AvroInput input = new AvroInput(bytes, start);
    ObjectNode tree = new AvroTreeReader(input).record(schema, 1);
    if (!input.atEnd()) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    return tree;
  }

  private JsonNode value(Schema schema, int depth) throws UntreatableRecordException {
    int start = input.position();
    JsonNode value = read(schema, depth);
    if (input.position() == start && ++valuesWithoutBytes > MAX_VALUES_WITHOUT_BYTES) {
      throw new UntreatableRecordException(FailureKind.TOO_LARGE);
    }
    return value;
  }

  private JsonNode read(Schema schema, int depth) throws UntreatableRecordException {
    return switch (schema.getType()) {
      case RECORD -> record(schema, depth);
      case MAP -> map(schema.getValueType(), depth);
      case ARRAY -> array(schema.getElementType(), depth);
      case UNION -> value(branch(schema), depth);
      case ENUM -> NODES.textNode(oneOf(schema.getEnumSymbols()));
      case STRING -> NODES.textNode(input.readString());
      case BOOLEAN -> NODES.booleanNode(input.readBoolean());
      case NULL -> NODES.nullNode();
      case FLOAT -> NODES.numberNode(input.readFloat());
      case DOUBLE -> NODES.numberNode(input.readDouble());
      case INT -> AvroLogical.ofInt(schema, input.readInt());
      case LONG -> AvroLogical.ofLong(schema, input.readLong());
      case BYTES -> AvroLogical.ofBytes(schema, input.readBytes());
      case FIXED -> AvroLogical.ofBytes(schema, input.readFixed(schema.getFixedSize()));
    };
  }

  private ObjectNode record(Schema schema, int depth) throws UntreatableRecordException {
    Depth.check(depth);
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : schema.getFields()) {
      object.set(field.name(), value(field.schema(), depth + 1));
    }
    return object;
  }

  private ObjectNode map(Schema values, int depth) throws UntreatableRecordException {
    Depth.check(depth);
    ObjectNode object = NODES.objectNode();
    for (long count = input.readBlockCount(); count != 0; count = input.readBlockCount()) {
      for (long i = 0; i < count; i++) {
        String name = input.readString();
        if (object.replace(name, value(values, depth + 1)) != null) {
          throw new UntreatableRecordException(FailureKind.DUPLICATE_KEY);
        }
      }
    }
    return object;
  }

  private ArrayNode array(Schema items, int depth) throws UntreatableRecordException {
    Depth.check(depth);
    ArrayNode array = NODES.arrayNode();
    for (long count = input.readBlockCount(); count != 0; count = input.readBlockCount()) {
      for (long i = 0; i < count; i++) {
        array.add(value(items, depth + 1));
      }
    }
    return array;
  }

  private Schema branch(Schema union) throws UntreatableRecordException {
    return oneOf(union.getTypes());
  }

  private <T> T oneOf(List<T> choices) throws UntreatableRecordException {
    int index = input.readInt();
    if (index < 0 || index >= choices.size()) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    return choices.get(index);
  }
}
