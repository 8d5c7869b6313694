// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Speaks the Confluent schema registry's REST protocol, every question anew. */
public final class ConfluentRegistryClient implements SchemaRegistry {
  private static final int OK = 200;
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int INVALID_SCHEMA = 42201;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int MAX_REFERENCE_DEPTH = 20;

  private final RegistryHttp http;

  /**
   * @param config where the registry is and how to be admitted
   * @param base the directory that the config's relative paths start from
   * @param backoff how long to go on asking
   * @throws InputException when the config's address is none
   * @throws EnvironmentException when a file that the config names cannot be read
   */
  public ConfluentRegistryClient(RegistryConfig config, Path base, Backoff backoff) {
    this.http = RegistryConnection.open(config, base, backoff);
  }

  /**
   * @param config where the registry is and how to be admitted
   * @param base the directory that the config's relative paths start from
   * @return a client that asks again while the registry is away, and remembers answers
   * @throws InputException when the config's address is none
   * @throws EnvironmentException when a file that the config names cannot be read
   */
  public static SchemaRegistry caching(RegistryConfig config, Path base) {
    return new CachingRegistry(
        new ConfluentRegistryClient(config, base, Backoff.standard()), InstantSource.system());
  }

  @Override
  public int register(String subject, Schema schema) {
    RegistryHttp.Reply reply =
        http.post("/subjects/" + encoded(subject) + "/versions", body(schema));
    if (reply.status() == OK && reply.body().path("id").isInt()) {
      return reply.body().path("id").intValue();
    }
    if (reply.status() == 409) {
      throw new InputException(
          "the schema %s is not compatible with what subject %s holds at %s: the source's schema or the config changed so that readers of the topic could not go on. Relax the subject's compatibility, or write to another topic"
              .formatted(schema.getFullName(), subject, http.base()));
    }
    // Other codes of this status tell of the registry, such as that it takes no schemas for now.
    if (reply.status() == 422 && reply.errorCode() == INVALID_SCHEMA) {
      throw new InputException(
          "the registry at %s takes no schema %s for subject %s (error code %d)"
              .formatted(http.base(), schema.getFullName(), subject, reply.errorCode()));
    }
    throw unexpected(reply);
  }

  @Override
  public Optional<Schema> schemaById(int id) {
    if (id < 0) {
      return Optional.empty();
    }
    RegistryHttp.Reply reply = http.get("/schemas/ids/" + id);
    if (reply.status() == OK) {
      return parsed(reply.body());
    }
    // A 404 without the registry's code comes from a wrong address: not the record's fault.
    if (reply.status() == 404 && reply.errorCode() == SCHEMA_NOT_FOUND) {
      return Optional.empty();
    }
    throw unexpected(reply);
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    RegistryHttp.Reply reply =
        http.post("/compatibility/subjects/" + encoded(subject) + "/versions/latest", body(schema));
    if (reply.status() == OK && reply.body().path("is_compatible").isBoolean()) {
      return reply.body().path("is_compatible").booleanValue();
    }
    if (reply.errorCode() == SUBJECT_NOT_FOUND || reply.errorCode() == VERSION_NOT_FOUND) {
      return true;
    }
    throw unexpected(reply);
  }

  private Optional<Schema> parsed(JsonNode answer) {
    if (!"AVRO".equals(answer.path("schemaType").asText("AVRO"))) {
      return Optional.empty();
    }
    try {
      // Schemas of others may be older than today's rules for defaults. Names have to be Avro
      // names, since output schemas are derived from them.
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      parseReferences(parser, answer, 1);
      return Optional.of(parser.parse(answer.path("schema").asText()));
    } catch (AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  /** Named types that a schema borrows from other subjects have to be known before it. */
  private void parseReferences(Schema.Parser parser, JsonNode answer, int depth) {
    for (JsonNode reference : answer.path("references")) {
      if (depth > MAX_REFERENCE_DEPTH) {
        throw new AvroRuntimeException("references too deep");
      }
      if (parser.getTypes().containsKey(reference.path("name").asText())) {
        continue;
      }
      RegistryHttp.Reply reply =
          http.get(
              "/subjects/"
                  + encoded(reference.path("subject").asText())
                  + "/versions/"
                  + reference.path("version").asInt());
      if (reply.status() != OK) {
        throw unexpected(reply);
      }
      parseReferences(parser, reply.body(), depth + 1);
      parser.parse(reply.body().path("schema").asText());
    }
  }

  private EnvironmentException unexpected(RegistryHttp.Reply reply) {
    return new EnvironmentException(
        "what answers at %s (status %d, error code %d) does not answer as a schema registry: check registry.url"
            .formatted(http.base(), reply.status(), reply.errorCode()));
  }

  private static JsonNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
