// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What Avro's logical types are in a tree, both ways and exactly:
 *
 * <ul>
 *   <li>{@code date}: ISO 8601 text;
 *   <li>{@code timestamp-millis}, {@code local-timestamp-millis}: epoch milliseconds, a number;
 *   <li>{@code timestamp-micros}, {@code timestamp-nanos}: ISO 8601 text in UTC, since epoch
 *       milliseconds would lose digits and other numbers would be taken for them;
 *   <li>{@code decimal}: a number; {@code uuid}: text.
 * </ul>
 *
 * Other logical types are taken as the type below them, bytes as binary.
 */
final class AvroLogical {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int UUID_BYTES = 16;

  private AvroLogical() {}

  static JsonNode ofInt(Schema schema, int value) {
    return isDate(schema)
        ? NODES.textNode(LocalDate.ofEpochDay(value).toString())
        : NODES.numberNode(value);
  }

  static JsonNode ofLong(Schema schema, long value) {
    Optional<ChronoUnit> unit = fineUnit(schema);
    return unit.isPresent()
        ? NODES.textNode(Instant.EPOCH.plus(value, unit.get()).toString())
        : NODES.numberNode(value);
  }

  static JsonNode ofBytes(Schema schema, byte[] value) throws UntreatableRecordException {
    if (isUuid(schema)) {
      ByteBuffer buffer = ByteBuffer.wrap(value);
      return NODES.textNode(new UUID(buffer.getLong(), buffer.getLong()).toString());
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      // Two digits take at most a byte; longer numbers are no decimals of this type.
      boolean tooLong =
          schema.getType() == Schema.Type.BYTES && value.length > decimal.getPrecision() / 2 + 2;
      if (value.length == 0 || tooLong) {
        throw new UntreatableRecordException(FailureKind.MALFORMED);
      }
      return DecimalNode.valueOf(new BigDecimal(new BigInteger(value), decimal.getScale()));
    }
    return NODES.binaryNode(value);
  }

  /** The int of a tree's value, absent where it is none. */
  static Optional<Integer> toInt(Schema schema, JsonNode node) {
    if (!isDate(schema)) {
      return node.canConvertToExactIntegral() && node.canConvertToInt()
          ? Optional.of(node.intValue())
          : Optional.empty();
    }
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.toIntExact(LocalDate.parse(node.textValue()).toEpochDay()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The long of a tree's value, absent where it is none. */
  static Optional<Long> toLong(Schema schema, JsonNode node) {
    Optional<ChronoUnit> unit = fineUnit(schema);
    if (unit.isEmpty()) {
      return node.canConvertToExactIntegral() && node.canConvertToLong()
          ? Optional.of(node.longValue())
          : Optional.empty();
    }
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      Instant instant = Instant.parse(node.textValue());
      return Optional.of(sinceEpoch(instant, unit.get()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static long sinceEpoch(Instant instant, ChronoUnit unit) {
    // Not ChronoUnit.between: it counts nanoseconds, which end in 2262.
    BigDecimal nanos =
        BigDecimal.valueOf(instant.getEpochSecond())
            .scaleByPowerOfTen(9)
            .add(BigDecimal.valueOf(instant.getNano()));
    return nanos.divide(BigDecimal.valueOf(unit.getDuration().toNanos())).longValueExact();
  }

  /** The bytes of a tree's value, absent where it has none or they do not fit. */
  static Optional<byte[]> toBytes(Schema schema, JsonNode node) {
    boolean fixed = schema.getType() == Schema.Type.FIXED;
    Optional<byte[]> bytes;
    if (isUuid(schema)) {
      bytes = uuid(node);
    } else if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      bytes =
          unscaled(decimal, node, fixed ? Optional.of(schema.getFixedSize()) : Optional.empty());
    } else {
      bytes =
          node instanceof BinaryNode binary ? Optional.of(binary.binaryValue()) : Optional.empty();
    }
    return bytes.filter(value -> !fixed || value.length == schema.getFixedSize());
  }

  private static Optional<byte[]> uuid(JsonNode node) {
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(node.textValue());
      return Optional.of(
          ByteBuffer.allocate(UUID_BYTES)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> unscaled(
      LogicalTypes.Decimal decimal, JsonNode node, Optional<Integer> size) {
    if (!node.isNumber() || (node.isFloatingPointNumber() && !node.isBigDecimal())) {
      return Optional.empty();
    }
    BigDecimal number = node.decimalValue();
    // Before rescaling: a huge exponent would become as many digits.
    if (number.precision() - (long) number.scale() + decimal.getScale() > decimal.getPrecision()
        || number.stripTrailingZeros().scale() > decimal.getScale()) {
      return number.signum() == 0 ? Optional.of(new byte[size.orElse(1)]) : Optional.empty();
    }
    byte[] bytes = number.setScale(decimal.getScale()).unscaledValue().toByteArray();
    if (size.isEmpty() || bytes.length >= size.get()) {
      return Optional.of(bytes);
    }
    byte[] padded = new byte[size.get()];
    Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
    return Optional.of(padded);
  }

  /** Whether the tree's value is what this type's values become in trees. */
  static boolean isNatural(Schema schema, JsonNode node) {
    return switch (schema.getType()) {
      case INT -> isDate(schema) ? node.isTextual() : node.isIntegralNumber();
      case LONG -> fineUnit(schema).isPresent() ? node.isTextual() : node.isIntegralNumber();
      default ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal
              ? node.isBigDecimal()
              : isUuid(schema) ? node.isTextual() : node.isBinary();
    };
  }

  private static boolean isDate(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Date;
  }

  private static boolean isUuid(Schema schema) {
    return schema.getType() == Schema.Type.FIXED
        && schema.getLogicalType() instanceof LogicalTypes.Uuid;
  }

  private static Optional<ChronoUnit> fineUnit(Schema schema) {
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.TimestampMicros
        || type instanceof LogicalTypes.LocalTimestampMicros) {
      return Optional.of(ChronoUnit.MICROS);
    }
    return type instanceof LogicalTypes.TimestampNanos
            || type instanceof LogicalTypes.LocalTimestampNanos
        ? Optional.of(ChronoUnit.NANOS)
        : Optional.empty();
  }
}
