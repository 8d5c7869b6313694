// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A schema registry in this process, in memory, on the loopback address: the part of the Confluent
 * REST protocol that readers and writers of Avro need. Every subject is backward compatible. Not
 * for production: it forgets everything when it is closed.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int INVALID_SCHEMA = 42201;
  private static final int INVALID_COMPATIBILITY = 42203;
  private static final String COMPATIBILITY = "BACKWARD";
  private static final int NO_SUCH_METHOD = 405;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private record Reply(int status, JsonNode body) {}

  private final HttpServer server;
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();

  private EmbeddedRegistry(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts a registry on a free port.
   *
   * @return the running registry
   * @throws EnvironmentException when no port can be had
   */
  public static EmbeddedRegistry start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      EmbeddedRegistry registry = new EmbeddedRegistry(server);
      server.createContext("/", registry::handle);
      server.start();
      return registry;
    } catch (IOException e) {
      throw new EnvironmentException("the embedded registry finds no port on the loopback address");
    }
  }

  /**
   * @return the base address, for {@code registry.url}
   */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Stops the registry. */
  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        reply = answer(exchange.getRequestMethod(), path(exchange), body);
      } catch (AvroRuntimeException | IOException e) {
        reply = error(422, INVALID_SCHEMA, "Invalid schema");
      }
      byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static List<String> path(HttpExchange exchange) {
    List<String> parts = new ArrayList<>();
    for (String part : exchange.getRequestURI().getRawPath().split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  private synchronized Reply answer(String method, List<String> path, JsonNode body) {
    String subject = path.size() > 1 ? path.get(1) : "";
    String shape = method + " " + shape(path);
    return switch (shape) {
      case "GET subjects" -> ok(names());
      case "POST subjects/*" -> lookUp(subject, parsed(body));
      case "GET subjects/*/versions" -> versions(subject);
      case "POST subjects/*/versions" -> register(subject, parsed(body));
      case "GET subjects/*/versions/*" -> version(subject, path.get(3));
      case "GET schemas/ids/*" -> schema(path.get(2));
      case "POST compatibility/subjects/*/versions/latest" ->
          compatibility(path.get(2), parsed(body));
      case "GET config", "GET config/*" ->
          ok(NODES.objectNode().put("compatibilityLevel", COMPATIBILITY));
      case "PUT config", "PUT config/*" -> compatibilityOnly(body);
      default -> error(404, NO_SUCH_METHOD, "No such resource");
    };
  }

  /** The path with its variable parts as asterisks. */
  private static String shape(List<String> path) {
    if (path.isEmpty()) {
      return "";
    }
    List<String> shape = new ArrayList<>(path);
    boolean first = shape.get(0).equals("subjects") || shape.get(0).equals("config");
    int variable = first ? 1 : 2;
    if (variable < shape.size()) {
      shape.set(variable, "*");
    }
    if (variable == 1 && shape.size() == 4) {
      shape.set(3, "*");
    }
    return String.join("/", shape);
  }

  private Reply register(String subject, Schema schema) {
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    int known = schemas.indexOf(schema) + 1;
    if (known == 0 || !ids.contains(known)) {
      if (!isCompatible(ids, schema)) {
        return error(409, 409, "Schema being registered is incompatible with an earlier schema");
      }
      if (known == 0) {
        schemas.add(schema);
        known = schemas.size();
      }
      subjects.computeIfAbsent(subject, any -> new ArrayList<>()).add(known);
    }
    return ok(NODES.objectNode().put("id", known));
  }

  private Reply lookUp(String subject, Schema schema) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      return subjectNotFound();
    }
    int version = ids.indexOf(schemas.indexOf(schema) + 1) + 1;
    return version > 0
        ? ok(described(subject, version, ids))
        : error(404, SCHEMA_NOT_FOUND, "Schema not found");
  }

  private Reply versions(String subject) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      return subjectNotFound();
    }
    ArrayNode versions = NODES.arrayNode();
    for (int version = 1; version <= ids.size(); version++) {
      versions.add(version);
    }
    return ok(versions);
  }

  private Reply version(String subject, String asked) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      return subjectNotFound();
    }
    int version = "latest".equals(asked) ? ids.size() : number(asked);
    return version >= 1 && version <= ids.size()
        ? ok(described(subject, version, ids))
        : error(404, VERSION_NOT_FOUND, "Version not found");
  }

  private Reply schema(String asked) {
    int id = number(asked);
    return id >= 1 && id <= schemas.size()
        ? ok(NODES.objectNode().put("schema", schemas.get(id - 1).toString()))
        : error(404, SCHEMA_NOT_FOUND, "Schema not found");
  }

  private Reply compatibility(String subject, Schema schema) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      return subjectNotFound();
    }
    return ok(NODES.objectNode().put("is_compatible", isCompatible(ids, schema)));
  }

  /** Some clients set what they expect; what this registry does cannot be set otherwise. */
  private static Reply compatibilityOnly(JsonNode body) {
    return COMPATIBILITY.equals(body.path("compatibility").asText())
        ? ok(NODES.objectNode().put("compatibility", COMPATIBILITY))
        : error(422, INVALID_COMPATIBILITY, "Only BACKWARD is supported");
  }

  /** Backward: the new schema reads what the latest one has written. */
  private boolean isCompatible(List<Integer> ids, Schema schema) {
    return ids.isEmpty()
        || SchemaCompatibility.checkReaderWriterCompatibility(
                    schema, schemas.get(ids.get(ids.size() - 1) - 1))
                .getType()
            == SchemaCompatibilityType.COMPATIBLE;
  }

  private ObjectNode described(String subject, int version, List<Integer> ids) {
    int id = ids.get(version - 1);
    return NODES
        .objectNode()
        .put("subject", subject)
        .put("version", version)
        .put("id", id)
        .put("schema", schemas.get(id - 1).toString());
  }

  private ArrayNode names() {
    ArrayNode names = NODES.arrayNode();
    subjects.keySet().forEach(names::add);
    return names;
  }

  private static Schema parsed(JsonNode body) {
    return new Schema.Parser().parse(body.path("schema").asText());
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  private static Reply ok(JsonNode body) {
    return new Reply(200, body);
  }

  private static Reply subjectNotFound() {
    return error(404, SUBJECT_NOT_FOUND, "Subject not found");
  }

  private static Reply error(int status, int code, String message) {
    return new Reply(status, NODES.objectNode().put("error_code", code).put("message", message));
  }
}
