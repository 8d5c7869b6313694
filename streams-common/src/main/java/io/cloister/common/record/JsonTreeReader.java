// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Builds one tree from JSON text. Its own loop instead of a mapper, so that each refusal is known
 * by its kind and need not be guessed from an exception whose message quotes the input.
 */
final class JsonTreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * Written again, a number may need a few characters more for its exponent; the next stage must
   * still read it, and the parser's own bound is 1,000 characters.
   */
  private static final int MAX_DIGITS = 900;

  /** One pipeline sees keys without end (extensions are keyed by URL): nothing to remember. */
  private static final JsonFactory FOR_TEXT =
      factory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  /**
   * The parser of bytes needs its table of keys, which is bounded and refuses to be slowed down.
   */
  private static final JsonFactory FOR_BYTES = factory().build();

  private static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            // Length is bounded by the record's size, depth by this reader.
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNestingDepth(Depth.MAX + 1)
                .build());
  }

  private final JsonParser parser;

  private JsonTreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @param text without halves of surrogate pairs
   */
  static ObjectNode read(String text) throws UntreatableRecordException {
    if (Surrogates.loneEscape(text)) {
      throw new UntreatableRecordException(FailureKind.LONE_SURROGATE);
    }
    try (JsonParser parser = FOR_TEXT.createParser(text)) {
      return read(parser);
    } catch (IOException | NumberFormatException | ArithmeticException e) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
  }

  /**
   * The same without making a text of the whole first, which takes longer than reading it.
   *
   * @param json what is {@linkplain Utf8#isPlain plain}
   */
  static ObjectNode readPlain(byte[] json) throws UntreatableRecordException {
    try (JsonParser parser = FOR_BYTES.createParser(json)) {
      return read(parser);
    } catch (StreamConstraintsException e) {
      // A limit, which the other way finds as well, or keys made to collide, which it does not
      // mind.
      return read(new String(json, StandardCharsets.US_ASCII));
    } catch (IOException | NumberFormatException | ArithmeticException e) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
  }

  private static ObjectNode read(JsonParser parser) throws IOException, UntreatableRecordException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    JsonNode root = new JsonTreeReader(parser).value(first, 1);
    if (parser.nextToken() != null) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new UntreatableRecordException(FailureKind.NOT_A_RECORD);
  }

  private JsonNode value(JsonToken token, int depth)
      throws IOException, UntreatableRecordException {
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new UntreatableRecordException(FailureKind.MALFORMED);
    };
  }

  private ObjectNode object(int depth) throws IOException, UntreatableRecordException {
    Depth.check(depth);
    ObjectNode object = NODES.objectNode();
    while (next() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      @Nullable JsonNode earlier = object.replace(name, value(next(), depth + 1));
      if (earlier != null) {
        throw new UntreatableRecordException(FailureKind.DUPLICATE_KEY);
      }
    }
    return object;
  }

  private ArrayNode array(int depth) throws IOException, UntreatableRecordException {
    Depth.check(depth);
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      array.add(value(token, depth + 1));
    }
    return array;
  }

  private JsonNode decimal() throws IOException, UntreatableRecordException {
    BigDecimal number = parser.getDecimalValue();
    refuseBeyond(number.precision());
    return DecimalNode.valueOf(number);
  }

  private static void refuseBeyond(int digits) throws UntreatableRecordException {
    if (digits > MAX_DIGITS) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
  }

  private JsonNode integer() throws IOException, UntreatableRecordException {
    refuseBeyond(parser.getTextLength());
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonToken next() throws IOException, UntreatableRecordException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new UntreatableRecordException(FailureKind.MALFORMED);
    }
    return token;
  }
}
