// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object a record, RFC 8259, in UTF-8 without a byte order mark. What two readers could
 * read differently is refused: keys named twice, lone surrogates, bytes after the object. Numbers
 * stay exact.
 */
public final class JsonFormat implements RecordFormat {
  private static final Shape SELF_DESCRIBING = new Shape.SelfDescribing();
  private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

  private final int maxBytes;

  /**
   * @param maxBytes the largest record that is read, in bytes, above zero
   */
  public JsonFormat(int maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be above zero, not " + maxBytes);
    }
    this.maxBytes = maxBytes;
  }

  @Override
  public Decoded decode(byte[] value) throws UntreatableRecordException {
    if (value.length > maxBytes) {
      throw new UntreatableRecordException(FailureKind.TOO_LARGE);
    }
    ObjectNode tree =
        Utf8.isPlain(value)
            ? JsonTreeReader.readPlain(value)
            : JsonTreeReader.read(Utf8.decode(value, 0, value.length));
    return new Decoded(tree, SELF_DESCRIBING);
  }

  @Override
  public Shape derive(Shape input, OutputFields fields) {
    return SELF_DESCRIBING;
  }

  @Override
  public byte[] encode(String topic, ObjectNode tree, Shape shape)
      throws UntreatableRecordException {
    try {
      byte[] json = WRITER.writeValueAsBytes(tree);
      return Utf8.holdsEscape(json) ? encodeWithSurrogates(tree) : json;
    } catch (JsonProcessingException e) {
      throw new UntreatableRecordException(FailureKind.UNENCODABLE);
    }
  }

  /** Written to bytes, surrogates become escapes, halves of pairs among them. */
  private static byte[] encodeWithSurrogates(ObjectNode tree)
      throws JsonProcessingException, UntreatableRecordException {
    String json = WRITER.writeValueAsString(tree);
    // Text holds surrogates as they are; as UTF-8 half a pair would silently become a question
    // mark.
    if (Surrogates.lone(json)) {
      throw new UntreatableRecordException(FailureKind.UNENCODABLE);
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
