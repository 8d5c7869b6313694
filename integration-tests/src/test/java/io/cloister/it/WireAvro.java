// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads and writes Confluent's wire format as any program would that has Avro's own library and
 * knows nothing but the registry's address. Shares no code with Cloister.
 */
final class WireAvro {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADER = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Map<Integer, Schema> schemas = new HashMap<>();

  WireAvro(String url) {
    this.url = url;
  }

  /** Registers a schema and returns its id. */
  int register(String subject, Schema schema) {
    JsonNode answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.createObjectNode().put("schema", schema.toString()).toString()))
                .build());
    return answer.path("id").asInt();
  }

  /** How many schemas a subject has had. */
  int versions(String subject) {
    return get("/subjects/" + subject + "/versions").size();
  }

  /** The schema that a subject has now. */
  Schema latest(String subject) {
    return parsed(get("/subjects/" + subject + "/versions/latest"));
  }

  static byte[] write(int id, GenericRecord content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(0);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(content.getSchema()).write(content, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a record holds, as JSON. */
  JsonNode read(byte[] value) {
    assertThat(value[0]).isZero();
    Schema schema =
        schemas.computeIfAbsent(
            ByteBuffer.wrap(value).getInt(1), id -> parsed(get("/schemas/ids/" + id)));
    try {
      Object content =
          new GenericDatumReader<>(schema)
              .read(
                  null,
                  DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null));
      return JSON.readTree(content.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema parsed(JsonNode answer) {
    return new Schema.Parser().parse(answer.path("schema").asText());
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(request.uri().getPath()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
