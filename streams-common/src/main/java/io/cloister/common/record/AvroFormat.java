// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.error.BugException;
import io.cloister.common.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Avro in Confluent wire format: a zero byte, the schema's id as four bytes, big end first, Avro
 * binary. Schemas are registered for subject {@code <topic>-value}.
 */
public final class AvroFormat implements RecordFormat {
  private static final byte MAGIC = 0;
  private static final int HEADER = 1 + Integer.BYTES;

  private record Derivation(Schema input, OutputFields fields) {}

  private final SchemaRegistry registry;
  private final int maxBytes;
  private final Map<Derivation, Optional<Shape>> derived = new ConcurrentHashMap<>();

  /**
   * @param registry where schemas come from and go to; is asked for every record, so it should
   *     cache
   * @param maxBytes the largest record that is read, in bytes, above zero
   */
  public AvroFormat(SchemaRegistry registry, int maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be above zero, not " + maxBytes);
    }
    this.registry = registry;
    this.maxBytes = maxBytes;
  }

  @Override
  public Decoded decode(byte[] value) throws UntreatableRecordException {
    if (value.length > maxBytes) {
      throw new UntreatableRecordException(FailureKind.TOO_LARGE);
    }
    if (value.length < HEADER || value[0] != MAGIC) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    Optional<Schema> schema = registry.schemaById(ByteBuffer.wrap(value).getInt(1));
    if (schema.isEmpty()) {
      throw new UntreatableRecordException(FailureKind.UNKNOWN_SCHEMA);
    }
    if (schema.get().getType() != Schema.Type.RECORD) {
      throw new UntreatableRecordException(FailureKind.NOT_A_RECORD);
    }
    ObjectNode tree = AvroTreeReader.read(schema.get(), value, HEADER);
    return new Decoded(tree, new Shape.Described(schema.get()));
  }

  @Override
  public Shape derive(Shape input, OutputFields fields) throws UntreatableRecordException {
    return derived
        .computeIfAbsent(new Derivation(schema(input), fields), AvroFormat::derived)
        .orElseThrow(() -> new UntreatableRecordException(FailureKind.NO_OUTPUT_SCHEMA));
  }

  private static Optional<Shape> derived(Derivation key) {
    try {
      Schema schema = SchemaDerivation.derive(key.input(), key.fields());
      // As the registry will read it. A type that the source names may have the name of ours.
      Schema read = new Schema.Parser().parse(schema.toString());
      return read.equals(schema) ? Optional.of(new Shape.Described(schema)) : Optional.empty();
    } catch (AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.cloister.common.error.InputException when the registry refuses the shape's schema
   */
  @Override
  public byte[] encode(String topic, ObjectNode tree, Shape shape)
      throws UntreatableRecordException {
    Schema schema = schema(shape);
    int id = registry.register(topic + "-value", schema);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    bytes.write(MAGIC);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      AvroTreeWriter.write(tree, schema, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new BugException("writing to memory failed: " + e.getClass().getSimpleName());
    }
    return bytes.toByteArray();
  }

  private static Schema schema(Shape shape) {
    if (shape instanceof Shape.Described described) {
      return described.schema();
    }
    throw new BugException("an Avro record without a schema");
  }
}
