// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Draws record schemas, and trees that fit them. */
final class RandomAvro {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;
  private int named;

  RandomAvro(long seed) {
    this.random = new Random(seed);
  }

  Schema record(int depth) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      fields.add(new Schema.Field("f" + i, type(depth - 1, true)));
    }
    return Schema.createRecord("R" + named++, null, "test", false, fields);
  }

  private Schema type(int depth, boolean unions) {
    return switch (random.nextInt(depth > 0 ? (unions ? 18 : 17) : 14)) {
      case 0 -> Schema.create(Schema.Type.NULL);
      case 1 -> Schema.create(Schema.Type.BOOLEAN);
      case 2 -> Schema.create(Schema.Type.INT);
      case 3 -> Schema.create(Schema.Type.LONG);
      case 4 -> Schema.create(Schema.Type.FLOAT);
      case 5 -> Schema.create(Schema.Type.DOUBLE);
      case 6 -> Schema.create(Schema.Type.BYTES);
      case 7 -> Schema.create(Schema.Type.STRING);
      case 8 -> Schema.createEnum("E" + named++, null, "test", List.of("A", "B", "C"));
      case 9 -> Schema.createFixed("F" + named++, null, "test", random.nextInt(9));
      case 10 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case 11 -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case 12 ->
          random.nextBoolean()
              ? LogicalTypes.decimal(20, 4).addToSchema(Schema.create(Schema.Type.BYTES))
              : LogicalTypes.decimal(18, 2)
                  .addToSchema(Schema.createFixed("D" + named++, null, "test", 9));
      case 13 ->
          LogicalTypes.uuid().addToSchema(Schema.createFixed("U" + named++, null, "test", 16));
      case 14 -> record(depth);
      case 15 -> Schema.createArray(type(depth - 1, true));
      case 16 -> Schema.createMap(type(depth - 1, true));
      default -> union(depth);
    };
  }

  private Schema union(int depth) {
    List<Schema> branches = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Schema branch = type(depth - 1, false);
      boolean fresh =
          branches.stream().noneMatch(other -> other.getFullName().equals(branch.getFullName()));
      if (fresh) {
        branches.add(branch);
      }
    }
    return Schema.createUnion(branches);
  }

  /** A path that starts in a record and may lead on past what its schema has. */
  FieldPath path(Schema record) {
    List<FieldPath.Step> steps = new ArrayList<>();
    Schema at = record;
    do {
      switch (at.getType()) {
        case RECORD -> {
          Schema.Field field = at.getFields().get(random.nextInt(at.getFields().size()));
          boolean known = random.nextInt(8) > 0;
          steps.add(new FieldPath.Step.Field(known ? field.name() : "unknown"));
          at = known ? field.schema() : at;
        }
        case MAP -> {
          steps.add(new FieldPath.Step.Field(random.nextBoolean() ? "http://a.b/c d" : "key"));
          at = at.getValueType();
        }
        case ARRAY -> {
          steps.add(new FieldPath.Step.Each());
          at = at.getElementType();
        }
        case UNION -> at = at.getTypes().get(random.nextInt(at.getTypes().size()));
        default -> steps.add(new FieldPath.Step.Field("no name"));
      }
    } while (at.isUnion() || random.nextInt(4) > 0);
    return new FieldPath(steps);
  }

  OutputFields.Type outputType() {
    OutputFields.Type[] types = OutputFields.Type.values();
    return types[random.nextInt(types.length)];
  }

  JsonNode tree(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        ObjectNode object = NODES.objectNode();
        schema.getFields().forEach(field -> object.set(field.name(), tree(field.schema())));
        yield object;
      }
      case ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(tree(schema.getElementType()));
        }
        yield array;
      }
      case MAP -> {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(text() + i, tree(schema.getValueType()));
        }
        yield object;
      }
      case UNION -> tree(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case ENUM -> NODES.textNode(schema.getEnumSymbols().get(random.nextInt(3)));
      case STRING -> NODES.textNode(text());
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case NULL -> NODES.nullNode();
      case FLOAT -> NODES.numberNode((float) random.nextGaussian());
      case DOUBLE -> NODES.numberNode(random.nextGaussian() * 1e200);
      case INT -> integer(schema);
      case LONG -> longInteger(schema);
      case BYTES, FIXED -> bytes(schema);
    };
  }

  private JsonNode integer(Schema schema) {
    return schema.getLogicalType() == null
        ? NODES.numberNode(random.nextInt())
        : NODES.textNode(LocalDate.ofEpochDay(random.nextInt()).toString());
  }

  private JsonNode longInteger(Schema schema) {
    // Jackson tells 1 from 1L: stay above what fits an int.
    long value = random.nextLong() | (1L << 40);
    return schema.getLogicalType() == null
        ? NODES.numberNode(value)
        : NODES.textNode(Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString());
  }

  private JsonNode bytes(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return DecimalNode.valueOf(
          new BigDecimal(new BigInteger(55, random), decimal.getScale())
              .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
      return NODES.textNode(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    boolean fixed = schema.getType() == Schema.Type.FIXED;
    byte[] value = new byte[fixed ? schema.getFixedSize() : random.nextInt(9)];
    random.nextBytes(value);
    return NODES.binaryNode(value);
  }

  private String text() {
    return random
        .ints(random.nextInt(6), 0, 0x10FFFF)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
