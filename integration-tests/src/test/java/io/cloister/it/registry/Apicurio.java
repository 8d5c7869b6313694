// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The real Apicurio registry in a process of its own, in memory, backward compatible. */
final class Apicurio implements AutoCloseable {
  private static final Path JAR = Path.of("target", "apicurio", "quarkus-run.jar");

  private final Process process;
  private final String url;

  private Apicurio(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it; skips the calling test where that cannot be. */
  static Apicurio startOrSkip() throws Exception {
    Optional<Path> java = Java21.executable();
    assumeTrue(
        java.isPresent(),
        "Apicurio needs Java 21 or later: run the build with one, or set CLOISTER_JAVA21 to its home");
    assumeTrue(Files.exists(JAR), "Apicurio has not been fetched to " + JAR.toAbsolutePath());
    int port = freePort();
    Process process =
        new ProcessBuilder(
                java.get().toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                JAR.toString())
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "apicurio-" + port + ".log").toFile())
            .start();
    Apicurio apicurio = new Apicurio(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(apicurio::isBackwardCompatible);
    } catch (RuntimeException e) {
      apicurio.close();
      throw e;
    }
    return apicurio;
  }

  /** Its own default is to check nothing, other registries' is this. */
  private boolean isBackwardCompatible() throws IOException, InterruptedException {
    assertThat(process.isAlive()).as("Apicurio runs").isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
