// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.error.EnvironmentException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
  private static final String PASSWORD = "changeit";

  private static Path dir;
  private static HttpsServer server;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    dir = temp;
    Path store = dir.resolve("registry.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    Files.writeString(dir.resolve("store-password"), PASSWORD + "\n");
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void aRegistryIsTrustedWhoseCertificateIsInTheTruststore() {
    assertThat(client(Optional.of("registry.p12"), Optional.of("store-password")).schemaById(1))
        .contains(Schema.create(Schema.Type.STRING));
  }

  @Test
  void anotherRegistryIsNotTrustedAndTheTruststoreIsNamed() {
    ConfluentRegistryClient client = client(Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("registry.truststore");
  }

  @Test
  void aTruststoreThatCannotBeOpenedIsNamedWithoutItsPassword() throws Exception {
    Files.writeString(dir.resolve("wrong-password"), "hunter2\n");

    for (List<String> files :
        List.of(
            List.of("nosuch.p12", "store-password"), List.of("registry.p12", "wrong-password"))) {
      assertThatThrownBy(() -> client(Optional.of(files.get(0)), Optional.of(files.get(1))))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining(files.get(0))
          .hasMessageNotContaining("hunter2")
          .hasNoCause();
    }
  }

  private static ConfluentRegistryClient client(
      Optional<String> truststore, Optional<String> passwordFile) {
    Backoff once =
        new Backoff(
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ZERO,
            InstantSource.system(),
            pause -> {});
    return new ConfluentRegistryClient(
        new RegistryConfig(
            "https://127.0.0.1:" + server.getAddress().getPort(),
            Optional.empty(),
            Optional.empty(),
            truststore,
            passwordFile),
        dir,
        once);
  }
}
