// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.run.Accounting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  /** States as Kafka Streams names them. */
  private enum State {
    RUNNING
  }

  private final AtomicBoolean healthy = new AtomicBoolean();
  private final Console console =
      Console.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          healthy::get,
          () ->
              StatusPage.render(
                  "campus",
                  Map.of("campus.scrub", State.RUNNING),
                  new Accounting(Map.of("scrub", Map.of("in", 7L)))),
          () -> "cloister_records_total 7\n");

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void isHealthyOnlyWhileEveryStageRuns() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(503);
    healthy.set(true);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void showsStatesCountsAndMetrics() throws Exception {
    assertThat(get("/").body()).contains("campus.scrub", "RUNNING", ">7<");
    assertThat(get("/metrics").body()).isEqualTo("cloister_records_total 7\n");
  }

  @Test
  void knowsNoOtherPage() throws Exception {
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(get("/health/more").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + console.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
