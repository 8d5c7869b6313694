// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloister.app.cli.Main;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.KeysetFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed in the middle of the stream; whoever takes over makes good. */
class CrashTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path dir;
  private int processes;
  private final List<CloisterProcess> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(CloisterProcess::close);
  }

  @Test
  void losesNothingRepeatsNothingAndKeepsKAndBudgets() throws Exception {
    KeysetFile.create(dir.resolve("keys.json"));
    try (Broker broker = BrokerKind.EMBEDDED.start(dir)) {
      ClientSettings kafka = ClientSettings.of(broker.bootstrapServers());
      Path first = config("first", broker);
      Path second = config("second", broker);
      TopologyConfig config = ConfigReader.read(first, Purpose.RUN_ALL).orThrow();
      TopicNames names = new TopicNames(config.pipeline());
      createTopics(kafka, first);
      try (CrashEvents events = new CrashEvents(kafka);
          Follower released = new Follower(kafka, names.anonymized());
          Admin admin = Admin.create(kafka.admin())) {
        // Killed while records are held, and started again where it was.
        CloisterProcess one = run(first).awaitHealthy();
        released.awaitMore(500);
        killWhileRecordsAreHeld(one);

        // Killed as soon as it is back, most of the backlog still to come; and its disk is lost.
        CloisterProcess two = run(first);
        released.awaitMore(1);
        two.kill();
        deleteState("first");

        // Restored from the changelogs, then killed beside another one, which takes over.
        CloisterProcess three = run(first).awaitHealthy();
        CloisterProcess four = run(second).awaitHealthy();
        awaitShared(admin, names);
        released.awaitMore(500);
        killWhileRecordsAreHeld(three);
        released.awaitMore(1_500);
        Map<SourcePosition, Integer> produced = events.stop();
        four.stop();

        // Started again to finish what there is.
        CloisterProcess last = run(second, "--until-done");
        assertThat(last.exitCode()).as(last::said).isZero();

        CrashAudit audit = new CrashAudit(kafka, names, produced);
        audit.everyGoodEventIsScrubbedAndEveryOtherADeadLetter();
        audit.everyReleaseHidesAmongKAndNoneComesAgain();
        audit.nothingIsHeld();
        new LedgerAudit(kafka, names, config.aggregate().orElseThrow(), audit.scrubbedOnce())
            .everyWindowIsAnsweredOnceWithinNoiseAndWithinBudget();
      }
    }
  }

  private Path config(String state, Broker broker) throws IOException {
    return TestPipeline.config(
        dir.resolve("config-" + state),
        "crash.yaml",
        Map.of(
            "servers",
            broker.bootstrapServers(),
            "keys",
            dir.resolve("keys.json").toString(),
            "state",
            dir.resolve(state).toString()));
  }

  private static void createTopics(ClientSettings kafka, Path config) throws Exception {
    try (Admin admin = Admin.create(kafka.admin())) {
      admin.createTopics(List.of(new NewTopic(CrashEvents.TOPIC, 2, (short) 1))).all().get();
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    assertThat(Main.run(out, out, "topics", config.toString(), "--create"))
        .as(said::toString)
        .isZero();
  }

  private CloisterProcess run(Path config, String... more) throws IOException {
    return start(
        Stream.concat(Stream.of("run", "-c", config.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private CloisterProcess start(String... command) throws IOException {
    CloisterProcess process =
        CloisterProcess.start(dir.resolve("output-" + processes++ + ".txt"), command);
    started.add(process);
    return process;
  }

  private static void killWhileRecordsAreHeld(CloisterProcess process) throws InterruptedException {
    await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> process.held() > 0);
    process.kill();
  }

  /** Both instances have work in every stage. */
  private static void awaitShared(Admin admin, TopicNames names) {
    List<String> applications =
        List.of(
            names.scrubApplication(), names.anonymizeApplication(), names.aggregateApplication());
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(PATIENCE)
        .until(
            () ->
                admin.describeConsumerGroups(applications).all().get().values().stream()
                    .allMatch(
                        group ->
                            group.members().stream()
                                    .filter(
                                        member -> !member.assignment().topicPartitions().isEmpty())
                                    .count()
                                == 2));
  }

  private void deleteState(String state) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve(state))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    assertThat(dir.resolve(state)).doesNotExist();
  }
}
