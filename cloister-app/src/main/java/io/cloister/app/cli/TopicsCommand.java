// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.app.topics.Permission;
import io.cloister.app.topics.Permissions;
import io.cloister.app.topics.PlannedTopic;
import io.cloister.app.topics.TopicAdmin;
import io.cloister.app.topics.TopicPlan;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Topics, retention and permissions that a config needs. */
@Command(
    name = "topics",
    description = "Shows the topics and permissions that a config needs; creates what is missing.",
    mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The topology config.")
  private Path file;

  @Option(
      names = "--create",
      description = "Create the topics that the cluster lacks; refuse those that contradict.")
  private boolean create;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TopologyConfig config = ConfigReader.read(file, Purpose.CHECK).orThrow();
    TopicPlan plan = TopicPlan.of(config);
    PrintWriter out = spec.commandLine().getOut();
    printTopics(out, plan);
    out.println();
    printPermissions(out, config);
    if (create) {
      out.println();
      create(out, plan, new ClientSettings(config.kafka()));
    }
    return ExitCode.DONE.number();
  }

  private static void printTopics(PrintWriter out, TopicPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TOPIC", "PARTITIONS", "REPLICAS", "SETTINGS"));
    for (PlannedTopic topic : plan.raw()) {
      rows.add(List.of(topic.name(), "yours", "yours", "yours"));
    }
    for (PlannedTopic topic : plan.own()) {
      rows.add(
          List.of(
              topic.name(),
              String.valueOf(topic.partitions()),
              String.valueOf(topic.replicas()),
              topic.describeSettings()));
    }
    Table.print(out, rows);
  }

  private static void printPermissions(PrintWriter out, TopologyConfig config) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PRINCIPAL", "MAY", "ON", "NAME"));
    for (Permission permission : Permissions.of(config)) {
      rows.add(
          List.of(
              permission.principal(),
              permission.operations(),
              permission.resource(),
              permission.name() + (permission.prefixed() ? "*" : "")));
    }
    Table.print(out, rows);
  }

  private static void create(PrintWriter out, TopicPlan plan, ClientSettings settings) {
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      List<PlannedTopic> missingRaw = admin.missing(plan.raw());
      List<PlannedTopic> missing = admin.missing(plan.own());
      admin.create(missing);
      missing.forEach(topic -> out.println("created " + topic.name()));
      out.println(
          missing.size() + " created, " + (plan.own().size() - missing.size()) + " present");
      if (!missingRaw.isEmpty()) {
        throw new InputException(
            "source.topics: "
                + String.join(", ", missingRaw.stream().map(PlannedTopic::name).toList())
                + ": not on the cluster; raw topics are yours to create");
      }
    }
  }
}
