// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One exchange with the registry, tried again while that may help. */
final class RegistryHttp {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /**
   * An answer that is the registry's last word.
   *
   * @param status the HTTP status
   * @param body the JSON, missing where there was none
   */
  record Reply(int status, JsonNode body) {
    /** The registry's own code, which tells apart what HTTP does not; 0 without one. */
    int errorCode() {
      return body.path("error_code").asInt(0);
    }
  }

  private final HttpClient client;
  private final URI base;
  private final Optional<String> authorization;
  private final Backoff backoff;

  RegistryHttp(HttpClient client, URI base, Optional<String> authorization, Backoff backoff) {
    this.client = client;
    this.base = base;
    this.authorization = authorization;
    this.backoff = backoff;
  }

  URI base() {
    return base;
  }

  Reply get(String path) {
    return send(request(path).GET().build());
  }

  Reply post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", MEDIA_TYPE)
            .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Accept", MEDIA_TYPE + ", application/json");
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Reply send(HttpRequest request) {
    Instant end = backoff.clock().instant().plus(backoff.total());
    Duration pause = backoff.first();
    while (true) {
      String failure;
      try {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (!worthAnotherTry(response.statusCode())) {
          return reply(response);
        }
        failure = "it answers with status " + response.statusCode();
      } catch (SSLException e) {
        failure = "no TLS connection; is its certificate in registry.truststore?";
      } catch (IOException e) {
        failure = "no connection (" + e.getClass().getSimpleName() + ")";
      } catch (InterruptedException e) {
        throw interrupted();
      }
      if (backoff.clock().instant().plus(pause).isAfter(end)) {
        throw new EnvironmentException(
            "the schema registry at %s is not available: %s. Start it, or correct registry.url"
                .formatted(base, failure));
      }
      pause(pause);
      pause = backoff.after(pause);
    }
  }

  private static boolean worthAnotherTry(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  private Reply reply(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new EnvironmentException(
          "the schema registry at %s does not admit us (status %d): check registry.username, the password file and the user's rights"
              .formatted(base, status));
    }
    return new Reply(status, json(response.body()));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private void pause(Duration pause) {
    try {
      backoff.sleeper().sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private EnvironmentException interrupted() {
    Thread.currentThread().interrupt();
    return new EnvironmentException("interrupted while waiting for the registry at " + base);
  }
}
