// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Status page, {@code /health} and {@code /metrics}. It shows counts and states alone, nothing of
 * any record.
 */
public final class Console implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "cloister-console");
            thread.setDaemon(true);
            return thread;
          });

  private Console(HttpServer server) {
    this.server = server;
  }

  /**
   * @param address where to listen; port 0 for any free one
   * @param healthy whether everything runs
   * @param page the status page, HTML
   * @param metrics the metrics, Prometheus text format
   * @return the running console
   * @throws EnvironmentException when the address cannot be had
   */
  public static Console start(
      InetSocketAddress address,
      BooleanSupplier healthy,
      Supplier<String> page,
      Supplier<String> metrics) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new EnvironmentException(
          "runtime.port: port " + address.getPort() + " cannot be had; is it in use?", e);
    }
    Console console = new Console(server);
    console.serve("/", "text/html; charset=utf-8", () -> new Answer(200, page.get()));
    console.serve(
        "/metrics",
        "text/plain; version=0.0.4; charset=utf-8",
        () -> new Answer(200, metrics.get()));
    console.serve(
        "/health",
        "text/plain; charset=utf-8",
        () -> healthy.getAsBoolean() ? new Answer(200, "ok\n") : new Answer(503, "not ready\n"));
    server.setExecutor(console.threads);
    server.start();
    return console;
  }

  private record Answer(int status, String body) {}

  private void serve(String path, String type, Supplier<Answer> content) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(path);
            boolean readOnly = exchange.getRequestMethod().equals("GET");
            Answer answer =
                !known
                    ? new Answer(404, "not found\n")
                    : readOnly ? content.get() : new Answer(405, "GET alone\n");
            send(exchange, type, answer);
          }
        });
  }

  private static void send(HttpExchange exchange, String type, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /**
   * @return the port it listens on
   */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
