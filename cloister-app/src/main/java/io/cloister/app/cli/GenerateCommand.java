// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.app.generator.CampusEvents;
import io.cloister.app.generator.EventProducer;
import io.cloister.app.generator.Pace;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.kafka.ClientSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes synthetic campus events to a file, the terminal or a topic. */
@Command(
    name = "generate",
    description = "Writes synthetic campus events as JSON lines, or produces them to a topic.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--count",
      defaultValue = "1000",
      description = "How many events; 0 goes on until stopped. Default: ${DEFAULT-VALUE}")
  private long count;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Same seed, same events. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--students",
      defaultValue = "800",
      description = "How many students there are. Default: ${DEFAULT-VALUE}")
  private int students;

  @Option(
      names = "--malformed",
      defaultValue = "0.005",
      description = "Share of events that are broken on purpose. Default: ${DEFAULT-VALUE}")
  private double malformed;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Events a second; in files, the steps of event time. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(names = "--start", description = "Time of the first event, for files. Default: now")
  private Optional<Instant> start = Optional.empty();

  @Option(names = "--output", description = "The file. Default: the terminal")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--bootstrap", description = "Produce to this Kafka cluster instead.")
  private Optional<String> bootstrap = Optional.empty();

  @Option(names = "--topic", description = "The topic to produce to. Default: ${DEFAULT-VALUE}")
  private String topic = "edu.events.raw";

  @Override
  public Integer call() {
    if (bootstrap.isPresent() && output.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Either --output or --bootstrap, not both");
    }
    try {
      if (bootstrap.isPresent()) {
        produce(bootstrap.get());
      } else {
        write();
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return 0;
  }

  private void produce(String servers) {
    CampusEvents events = events(InstantSource.system());
    Pace pace = new Pace(rate);
    try (EventProducer producer = new EventProducer(ClientSettings.of(servers), topic)) {
      for (long sent = 0; more(sent) && pace.await(); sent++) {
        producer.send(events.next());
      }
    }
  }

  private void write() {
    if (output.isEmpty()) {
      writeTo(spec.commandLine().getOut());
      return;
    }
    try (PrintWriter file =
        new PrintWriter(Files.newBufferedWriter(output.get(), StandardCharsets.UTF_8))) {
      writeTo(file);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot write " + output.get(), e);
    }
  }

  private void writeTo(PrintWriter lines) {
    Instant first = start.orElseGet(Instant::now);
    AtomicLong index = new AtomicLong();
    CampusEvents events = events(() -> first.plusNanos((long) (index.get() * 1e9 / rate)));
    while (more(index.get()) && !lines.checkError()) {
      lines.print(events.next().json() + "\n");
      index.incrementAndGet();
    }
    if (lines.checkError()) {
      throw new EnvironmentException("Cannot write any further: is the disk full?");
    }
  }

  private CampusEvents events(InstantSource clock) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("a rate above zero, not " + rate);
    }
    return new CampusEvents(students, malformed, new SplittableRandom(seed), clock);
  }

  private boolean more(long done) {
    return count == 0 || done < count;
  }
}
