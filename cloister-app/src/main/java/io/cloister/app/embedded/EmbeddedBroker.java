// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.embedded;

import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this process: one KRaft node, broker and controller in one, on the loopback
 * address. It is the real server, with its logs in a directory, so everything that holds for a
 * cluster of one node holds here. Not for production: one copy of each partition, no TLS, no ACLs.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "CLIENTS";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param dir where it keeps its logs; created when missing, used again when a broker ran there
   * @return the running broker
   * @throws EnvironmentException when the directory cannot be written or the broker does not start
   */
  public static EmbeddedBroker start(Path dir) {
    int clientPort = freePort();
    int controllerPort = freePort();
    String log = dir.toAbsolutePath().toString();
    try {
      Files.createDirectories(dir);
      if (!Files.exists(dir.resolve("meta.properties"))) {
        format(log);
      }
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(settings(log, clientPort, controllerPort)), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, "127.0.0.1:" + clientPort);
    } catch (Exception e) {
      throw new EnvironmentException(
          "the embedded broker does not start in " + dir + " (" + e.getClass().getName() + ")", e);
    }
  }

  private static void format(String log) throws Exception {
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(log)
          .setMetadataLogDirectory(log)
          .setControllerListenerName(CONTROLLER)
          .setPrintStream(silence)
          .run();
    }
  }

  private static Map<String, Object> settings(String log, int clientPort, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners",
        CLIENTS
            + "://127.0.0.1:"
            + clientPort
            + ","
            + CONTROLLER
            + "://127.0.0.1:"
            + controllerPort);
    settings.put(
        "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", CLIENTS);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("log.dirs", log);
    settings.put("auto.create.topics.enable", "false");
    // One node: one copy of everything.
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    // Quick to start and light: few internal partitions, few threads, a small cleaner.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // What a crashed instance left open holds readers back until it is aborted: every second, not
    // every ten, it is looked for.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    return settings;
  }

  /** The port is free now; another process could take it before the broker does. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EnvironmentException("no free port on the loopback address", e);
    }
  }

  /**
   * @return host and port for {@code bootstrap.servers}
   */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and waits until it has. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
