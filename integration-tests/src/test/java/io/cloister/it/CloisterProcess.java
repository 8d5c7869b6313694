// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.awaitility.Awaitility.await;

import io.cloister.app.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line in a Java virtual machine of its own, which can be killed. */
final class CloisterProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern STATUS = Pattern.compile("status at (http://\\S+/)");
  private static final Pattern HELD = Pattern.compile("(?m)^cloister_held(?:\\{.*})? (\\S+)$");

  private final Process process;
  private final Path output;
  private final HttpClient http = HttpClient.newHttpClient();

  private CloisterProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Runs a command; what it prints goes to a file. */
  static CloisterProcess start(Path output, String... command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                Child.class.getName()));
    line.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new CloisterProcess(builder.start(), output);
  }

  /** Ends with the process that started it, which holds the other end of its input. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Thread watch =
          new Thread(
              () -> {
                try {
                  System.in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // The other end is gone as well.
                }
                Runtime.getRuntime().halt(1);
              },
              "watch-parent");
      watch.setDaemon(true);
      watch.start();
      Main.main(args);
    }
  }

  CloisterProcess awaitHealthy() {
    await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(this::isHealthy);
    return this;
  }

  private boolean isHealthy() {
    if (!process.isAlive()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + said());
    }
    return get("health").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** How many records wait for others in their cell; none while it starts. */
  double held() {
    Matcher held = HELD.matcher(get("metrics").map(HttpResponse::body).orElse(""));
    return held.find() ? Double.parseDouble(held.group(1)) : 0;
  }

  private Optional<HttpResponse<String>> get(String page) {
    Matcher status = STATUS.matcher(said());
    if (!status.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          http.send(
              HttpRequest.newBuilder(URI.create(status.group(1) + page)).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  String said() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a power failure does: no handler runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As an operator does: it closes what it runs. */
  void stop() throws InterruptedException {
    process.destroy();
    exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("does not end:\n" + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
