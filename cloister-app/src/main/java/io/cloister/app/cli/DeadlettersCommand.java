// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import com.google.crypto.tink.HybridDecrypt;
import io.cloister.app.deadletters.DeadLetterTopic;
import io.cloister.app.deadletters.Printable;
import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.Keysets;
import io.cloister.scrub.deadletter.DeadLetter;
import io.cloister.scrub.deadletter.DeadLetterEnvelope;
import io.cloister.scrub.deadletter.DeadLetterFormat;
import io.cloister.scrub.deadletter.RawRecord;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters; with the key, opens them. */
@Command(
    name = "deadletters",
    description =
        "Lists the records that could not be treated: when, why, where they came from. With --open"
            + " and the key, shows them.",
    mixinStandardHelpOptions = true)
final class DeadlettersCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("TIME", "STAGE", "KIND", "FIELD", "POSITION", "CONTENT");

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The topology config.")
  private Path file;

  @Option(
      names = "--open",
      description = "Decrypt each record and show it: RAW PERSONAL DATA appears on your terminal.")
  private boolean open;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Show at most so many, the newest (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--from-beginning", description = "Show all that the topic still holds.")
  private boolean fromBeginning;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "The cluster, instead of the config's: for an embedded broker.")
  private Optional<String> server = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new InputException("--limit: must be at least 1");
    }
    TopologyConfig config = ConfigReader.read(file, Purpose.CHECK).orThrow();
    // First of all: without the key there is no reason to read the topic.
    Optional<HybridDecrypt> key = open ? Optional.of(key(config)) : Optional.empty();
    ClientSettings settings =
        server.map(ClientSettings::of).orElseGet(() -> new ClientSettings(config.kafka()));
    List<byte[]> records =
        new DeadLetterTopic(settings, new TopicNames(config.pipeline()).deadLetters())
            .read(fromBeginning ? Long.MAX_VALUE : limit);
    PrintWriter out = spec.commandLine().getOut();
    if (key.isPresent()) {
      spec.commandLine()
          .getErr()
          .println("What follows is raw personal data: keep it out of files and tickets.");
      records.forEach(bytes -> printOpened(out, bytes, key.get()));
    } else {
      printTable(out, records);
    }
    out.flush();
    return ExitCode.DONE.number();
  }

  private HybridDecrypt key(TopologyConfig config) {
    Path base = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
    boolean development = Files.exists(Keysets.developmentFile(base));
    return Keysets.forConfig(config, base, development)
        .deadLetterDecrypt()
        .orElseThrow(
            () -> new InputException("keys: this keyset closes dead letters but cannot open them"));
  }

  private static void printTable(PrintWriter out, List<byte[]> records) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    records.forEach(bytes -> rows.add(row(DeadLetterFormat.read(bytes))));
    Table.print(out, rows);
    out.println(records.size() + (records.size() == 1 ? " dead letter" : " dead letters"));
  }

  private static List<String> row(Optional<DeadLetter> read) {
    if (read.isEmpty()) {
      return List.of("?", "?", "of another version", "", "", "");
    }
    DeadLetter letter = read.get();
    SourcePosition position = letter.position();
    String content =
        switch (letter.content().getClass().getSimpleName()) {
          case "Encrypted" -> "encrypted";
          case "Omitted" -> "left out, too large";
          default -> "none";
        };
    return List.of(
        letter.time().toString(),
        letter.stage(),
        letter.kind().name(),
        letter.field().orElse(""),
        position.topic() + "/" + position.partition() + "/" + position.offset(),
        content);
  }

  private static void printOpened(PrintWriter out, byte[] bytes, HybridDecrypt key) {
    Optional<DeadLetter> letter = DeadLetterFormat.read(bytes);
    out.println(String.join("  ", row(letter)));
    Optional<RawRecord> record = letter.flatMap(found -> DeadLetterEnvelope.open(key, found));
    if (record.isPresent()) {
      out.println("  key    " + record.get().key().map(Printable::of).orElse("(none)"));
      out.println("  value  " + record.get().value().map(Printable::of).orElse("(none)"));
    } else if (letter.map(DeadLetter::content).orElse(new DeadLetter.Content.None())
        instanceof DeadLetter.Content.Encrypted) {
      out.println("  does not open: another key closed it, or it was tampered with");
    }
  }
}
