// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * Walks a schema over a tree and writes Avro. A value that the schema has no place for is a misfit,
 * never left out; what is absent is null. Misfits leave the encoder half written.
 */
final class AvroTreeWriter {
  /**
   * How many values may be visited in trying branches of unions. Trials nest, so that a record made
   * for it could ask for exponentially many.
   */
  private static final int MAX_TRIED = 2_000_000;

  private int tried;

  /**
   * @param tree the content
   * @param schema a record schema
   * @param out where to write
   * @throws UntreatableRecordException when the content does not fit
   */
  static void write(JsonNode tree, Schema schema, Encoder out)
      throws UntreatableRecordException, IOException {
    new AvroTreeWriter().value(tree, schema, out, 1);
  }

  private void value(JsonNode node, Schema schema, Encoder out, int depth)
      throws UntreatableRecordException, IOException {
    if (out == DiscardingEncoder.INSTANCE) {
      fit(++tried <= MAX_TRIED);
    }
    switch (schema.getType()) {
      case RECORD -> record(node, schema, out, depth);
      case MAP -> map(node, schema.getValueType(), out, depth);
      case ARRAY -> array(node, schema.getElementType(), out, depth);
      case UNION -> {
        int branch = branch(node, schema.getTypes(), depth);
        out.writeIndex(branch);
        value(node, schema.getTypes().get(branch), out, depth);
      }
      case ENUM -> {
        fit(node.isTextual() && schema.hasEnumSymbol(node.textValue()));
        out.writeEnum(schema.getEnumOrdinal(node.textValue()));
      }
      case STRING -> {
        fit(node.isTextual() && !Surrogates.lone(node.textValue()));
        out.writeString(node.textValue());
      }
      case BOOLEAN -> {
        fit(node.isBoolean());
        out.writeBoolean(node.booleanValue());
      }
      case NULL -> {
        fit(node.isNull());
        out.writeNull();
      }
      case FLOAT -> {
        fit(node.isNumber());
        out.writeFloat(node.floatValue());
      }
      case DOUBLE -> {
        fit(node.isNumber());
        out.writeDouble(node.doubleValue());
      }
      case INT -> out.writeInt(fitting(AvroLogical.toInt(schema, node)));
      case LONG -> out.writeLong(fitting(AvroLogical.toLong(schema, node)));
      case BYTES -> out.writeBytes(fitting(AvroLogical.toBytes(schema, node)));
      case FIXED -> out.writeFixed(fitting(AvroLogical.toBytes(schema, node)));
    }
  }

  private void record(JsonNode node, Schema schema, Encoder out, int depth)
      throws UntreatableRecordException, IOException {
    Depth.check(depth);
    fit(node.isObject());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      fit(schema.getField(entry.getKey()) != null || isNothing(entry.getValue()));
    }
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      value(value == null ? NullNode.getInstance() : value, field.schema(), out, depth + 1);
    }
  }

  private void map(JsonNode node, Schema values, Encoder out, int depth)
      throws UntreatableRecordException, IOException {
    Depth.check(depth);
    fit(node.isObject());
    out.writeMapStart();
    out.setItemCount(node.size());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      fit(!Surrogates.lone(entry.getKey()));
      out.startItem();
      out.writeString(entry.getKey());
      value(entry.getValue(), values, out, depth + 1);
    }
    out.writeMapEnd();
  }

  private void array(JsonNode node, Schema items, Encoder out, int depth)
      throws UntreatableRecordException, IOException {
    Depth.check(depth);
    fit(node.isArray());
    out.writeArrayStart();
    out.setItemCount(node.size());
    for (JsonNode item : node) {
      out.startItem();
      value(item, items, out, depth + 1);
    }
    out.writeArrayEnd();
  }

  /** The first branch that takes the value, those before others whose type is the value's own. */
  private int branch(JsonNode node, List<Schema> branches, int depth)
      throws UntreatableRecordException, IOException {
    if (branches.size() == 2) {
      for (int i = 0; i < 2; i++) {
        if (branches.get(i).getType() == Schema.Type.NULL) {
          return node.isNull() ? i : 1 - i;
        }
      }
    }
    if (node.isContainerNode() && branches.stream().filter(b -> isNatural(b, node)).count() == 1) {
      return (int) branches.stream().takeWhile(branch -> !isNatural(branch, node)).count();
    }
    for (boolean natural : new boolean[] {true, false}) {
      for (int i = 0; i < branches.size(); i++) {
        Schema branch = branches.get(i);
        if (isNatural(branch, node) == natural && takes(branch, node, depth)) {
          return i;
        }
      }
    }
    throw misfit();
  }

  private static boolean isNatural(Schema branch, JsonNode node) {
    return switch (branch.getType()) {
      case NULL -> node.isNull();
      case RECORD, MAP -> node.isObject();
      case ARRAY -> node.isArray();
      case STRING, ENUM -> node.isTextual();
      case BOOLEAN -> node.isBoolean();
      case FLOAT -> node.isFloat();
      case DOUBLE -> node.isDouble();
      case INT, LONG, BYTES, FIXED -> AvroLogical.isNatural(branch, node);
      case UNION -> false;
    };
  }

  private boolean takes(Schema branch, JsonNode node, int depth) throws IOException {
    if (branch.getType() == Schema.Type.FLOAT
        && Double.compare(node.floatValue(), node.doubleValue()) != 0) {
      return false;
    }
    try {
      value(node, branch, DiscardingEncoder.INSTANCE, depth);
      return true;
    } catch (UntreatableRecordException e) {
      return false;
    }
  }

  /** Containers that treatments have emptied say no more than their absence. */
  private static boolean isNothing(JsonNode node) {
    return node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  private static void fit(boolean fits) throws UntreatableRecordException {
    if (!fits) {
      throw misfit();
    }
  }

  private static <T> T fitting(Optional<T> value) throws UntreatableRecordException {
    return value.orElseThrow(AvroTreeWriter::misfit);
  }

  private static UntreatableRecordException misfit() {
    return new UntreatableRecordException(FailureKind.UNENCODABLE);
  }
}
