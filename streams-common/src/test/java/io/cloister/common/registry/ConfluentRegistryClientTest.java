// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfluentRegistryClientTest {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);

  private record Answer(int status, String body) {}

  private Path dir;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private HttpServer server;

  @BeforeEach
  void start(@TempDir Path temp) throws IOException {
    dir = temp;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String user = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + (body.isEmpty() ? "" : " " + body)
                    + (user == null ? "" : " " + user));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSchemaIsRegisteredUnderItsSubject() {
    answers.add(new Answer(200, "{\"id\":7}"));

    assertThat(client().register("a b/c+d-value", TEXT)).isEqualTo(7);
    assertThat(requests)
        .containsExactly(
            "POST /subjects/a%20b%2Fc%2Bd-value/versions {\"schema\":\"\\\"string\\\"\"}");
  }

  @Test
  void aSchemaIsFetchedById() {
    answers.add(new Answer(200, "{\"schema\":\"\\\"string\\\"\"}"));

    assertThat(client().schemaById(7)).contains(TEXT);
    assertThat(requests).containsExactly("GET /schemas/ids/7");
  }

  @Test
  void aSchemaThatBorrowsFromOtherSubjectsIsFetchedWithThem() {
    answers.add(
        new Answer(
            200,
            """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"A\\",\\"fields\\":[{\\"name\\":\\"b\\",\\"type\\":\\"x.B\\"}]}",
             "references": [{"name": "x.B", "subject": "b", "version": 3}]}
            """));
    answers.add(
        new Answer(
            200,
            """
            {"schema": "{\\"type\\":\\"enum\\",\\"name\\":\\"x.B\\",\\"symbols\\":[\\"Y\\"]}"}
            """));

    assertThat(client().schemaById(7).orElseThrow().getField("b").schema().getEnumSymbols())
        .containsExactly("Y");
    assertThat(requests).last().isEqualTo("GET /subjects/b/versions/3");
  }

  @Test
  void anIdIsUnknownWhenTheRegistrySaysSo() {
    answers.add(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));

    assertThat(client().schemaById(7)).isEmpty();
  }

  @Test
  void anIdThatNoRegistryGivesIsNotAskedFor() {
    assertThat(client().schemaById(-1)).isEmpty();
    assertThat(requests).isEmpty();
  }

  @Test
  void aSchemaOfAnotherKindOrThatCannotBeReadIsUnknown() {
    answers.add(new Answer(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
    answers.add(new Answer(200, "{\"schema\":\"{]\"}"));

    assertThat(client().schemaById(7)).isEmpty();
    assertThat(client().schemaById(8)).isEmpty();
  }

  @Test
  void whatIsNoRegistryIsNotTakenForOneThatKnowsNoIds() {
    answers.add(new Answer(404, "<html>not here</html>"));
    answers.add(new Answer(302, ""));

    assertThatThrownBy(() -> client().schemaById(7))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("registry.url");
    assertThatThrownBy(() -> client().schemaById(7)).isInstanceOf(EnvironmentException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void anIncompatibleSchemaIsTheUsersToMend() {
    answers.add(new Answer(409, "{\"error_code\":409}"));

    assertThatThrownBy(() -> client().register("t-value", TEXT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t-value")
        .hasMessageContaining("not compatible");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRefusedSchemaIsTheUsersToMend() {
    answers.add(new Answer(422, "{\"error_code\":42201}"));

    assertThatThrownBy(() -> client().register("t-value", TEXT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("42201");
  }

  @Test
  void aRegistryThatTakesNoSchemasForNowIsWaitedFor() {
    answers.add(new Answer(422, "{\"error_code\":42205}"));

    assertThatThrownBy(() -> client().register("t-value", TEXT))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("42205");
  }

  @Test
  void compatibilityIsAskedAndANewSubjectTakesAnything() {
    answers.add(new Answer(200, "{\"is_compatible\":false}"));
    answers.add(new Answer(200, "{\"is_compatible\":true}"));
    answers.add(new Answer(404, "{\"error_code\":40401}"));

    assertThat(client().isCompatible("t", TEXT)).isFalse();
    assertThat(client().isCompatible("t", TEXT)).isTrue();
    assertThat(client().isCompatible("t", TEXT)).isTrue();
  }

  @Test
  void aRegistryInTroubleIsAskedAgainWithGrowingPauses() {
    answers.add(new Answer(503, ""));
    answers.add(new Answer(500, "{}"));
    answers.add(new Answer(429, ""));
    answers.add(new Answer(200, "{\"id\":7}"));

    assertThat(client().register("t", TEXT)).isEqualTo(7);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void afterTheDeadlineTheEnvironmentIsBlamed() {
    answers.add(new Answer(503, ""));

    assertThatThrownBy(() -> client().schemaById(7))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("http://127.0.0.1:" + server.getAddress().getPort())
        .hasMessageContaining("503");
    assertThat(now.get()).isBetween(Instant.ofEpochSecond(20), Instant.ofEpochSecond(30));
    assertThat(pauses).contains(Duration.ofSeconds(5));
  }

  @Test
  void aRegistryThatIsDownIsWaitedForThenNamed() {
    server.stop(0);

    assertThatThrownBy(() -> client().schemaById(7))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no connection")
        .hasMessageContaining("registry.url");
    assertThat(pauses).hasSizeGreaterThan(5);
  }

  @Test
  void userAndPasswordAreSentAndNeverTold() throws IOException {
    Files.writeString(dir.resolve("password"), "hunter2\nsecond line\n");
    answers.add(new Answer(401, ""));

    assertThatThrownBy(() -> client(Optional.of("clerk"), Optional.of("password")).schemaById(7))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("registry.username")
        .hasMessageNotContaining("hunter2");
    String expected =
        Base64.getEncoder().encodeToString("clerk:hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(requests).containsExactly("GET /schemas/ids/7 Basic " + expected);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aMissingPasswordFileIsNamed() {
    assertThatThrownBy(() -> client(Optional.of("clerk"), Optional.of("nosuch")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("registry.password-file")
        .hasMessageContaining("nosuch");
  }

  @Test
  void anAddressWithAPasswordInItIsRefusedAndNotRepeated() {
    for (String url :
        List.of("http://clerk:hunter2@host", "ftp://host", "host:8081", "http://a b")) {
      assertThatThrownBy(() -> client(url, Optional.empty(), Optional.empty()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("registry.url")
          .hasMessageNotContaining("hunter2");
    }
  }

  private ConfluentRegistryClient client() {
    return client(Optional.empty(), Optional.empty());
  }

  private ConfluentRegistryClient client(Optional<String> user, Optional<String> passwordFile) {
    return client("http://127.0.0.1:" + server.getAddress().getPort() + "/", user, passwordFile);
  }

  private ConfluentRegistryClient client(
      String url, Optional<String> user, Optional<String> passwordFile) {
    Backoff backoff =
        new Backoff(
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            now::get,
            pause -> {
              pauses.add(pause);
              now.updateAndGet(time -> time.plus(pause));
            });
    return new ConfluentRegistryClient(
        new RegistryConfig(url, user, passwordFile, Optional.empty(), Optional.empty()),
        dir,
        backoff);
  }
}
