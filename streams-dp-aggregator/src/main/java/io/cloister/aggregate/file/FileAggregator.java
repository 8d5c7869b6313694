// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.bounding.BoundingEngine;
import io.cloister.aggregate.bounding.BoundingState;
import io.cloister.aggregate.bounding.WindowPartial;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.aggregate.ledger.Ledger;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.plan.AggregatePlan;
import io.cloister.aggregate.plan.Identity;
import io.cloister.aggregate.release.Published;
import io.cloister.aggregate.release.Releaser;
import io.cloister.aggregate.state.HeapKeyValues;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.keys.Keyset;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Scalars;
import io.cloister.common.record.UntreatableRecordException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Aggregates a file of JSON lines on the engines of the live pipeline, with a ledger of its own.
 * Nothing is drawn before the whole file is read, because every draw depends on a keyed digest of
 * the file, of how it is read and of the lines that count: the same input read the same way gives
 * the same bytes, two different inputs share no noise.
 *
 * <p>Queries with {@code clock: wall} take every event, in whatever order, since the file is
 * complete; with {@code clock: stream} windows close as the newest event time says. The windows
 * released are those from the first event to the last.
 */
public final class FileAggregator {
  /** A file whose event times span more is refused, for its times must be wrong. */
  static final int MAX_WINDOWS = 1_000_000;

  private static final int DEFAULT_MAX_BYTES = 900_000;

  private final AggregatePlan plan;
  private final Optional<SourceConfig> source;
  private final String pipeline;
  private final RecordFormat format;
  private final Keyset keyset;
  private final InstantSource clock;

  /**
   * @param config the pipeline
   * @param base the directory that files in the config are relative to
   * @param format how a line is encoded
   * @param keyset keys of noise and seals
   * @param clock tells which events are dated too far ahead
   * @throws InputException when the config's aggregate section cannot be, or events are no JSON
   */
  public FileAggregator(
      TopologyConfig config, Path base, RecordFormat format, Keyset keyset, InstantSource clock) {
    if (config.source().filter(it -> it.format() != SourceConfig.Format.JSON).isPresent()) {
      throw new InputException("source.format: aggregate reads files of JSON lines, so it is json");
    }
    this.plan = AggregatePlan.of(config, base);
    this.source = config.source();
    this.pipeline = config.pipeline();
    this.format = format;
    this.keyset = keyset;
    this.clock = clock;
  }

  /**
   * @param input JSON lines
   * @param output where the answers go, one JSON object a line; replaced if it exists
   * @return what became of the file
   * @throws InputException when the input does not exist or its times cannot be
   * @throws EnvironmentException when a file cannot be read or written
   */
  public FileReport run(Path input, Path output) {
    Run run = new Run();
    byte[] digest;
    try (InputStream file = Files.newInputStream(input)) {
      digest = run.read(file);
    } catch (NoSuchFileException e) {
      throw new InputException(input + ": there is no such file");
    } catch (IOException e) {
      throw new EnvironmentException(input + " cannot be read", e);
    }
    run.close();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(output))) {
      run.release(digest, file);
    } catch (IOException e) {
      throw new EnvironmentException(output + " cannot be written", e);
    }
    return run.report();
  }

  /** One file on its way. */
  private final class Run {
    private final RecordCounts counts =
        new RecordCounts(new SimpleMeterRegistry(), "aggregate-file");
    private final BoundingEngine engine =
        new BoundingEngine(plan, 0, BoundingState.onHeap(), counts);
    private final List<WindowPartial> closed = new ArrayList<>();
    private final Map<FailureKind, Long> unreadable = new EnumMap<>(FailureKind.class);
    private final long latest =
        clock.millis() + source.map(it -> it.maxAhead().toMillis()).orElse(0L);
    private final MessageDigest counted = sha256();
    private long events;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long releases;
    private long refusals;

    byte[] read(InputStream file) throws IOException {
      DigestInputStream digesting = new DigestInputStream(file, sha256());
      LineReader lines =
          new LineReader(digesting, source.map(SourceConfig::maxBytes).orElse(DEFAULT_MAX_BYTES));
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        if (!blank(line.get())) {
          accept(line.get());
        }
      }
      return digesting.getMessageDigest().digest();
    }

    private void accept(byte[] line) {
      events++;
      try {
        ObjectNode tree = format.decode(line).tree();
        byte[] person = person(tree);
        long time = time(tree);
        // Which lines count depends on the clock too, by source.max-ahead.
        counted.update(new Identity().add(events).add(line).toBytes());
        first = Math.min(first, time);
        last = Math.max(last, time);
        engine.accept(person, tree, OptionalLong.empty());
        send();
      } catch (UntreatableRecordException e) {
        unreadable.merge(e.kind(), 1L, Long::sum);
      }
    }

    /** Without a subject every line is a person. */
    private byte[] person(ObjectNode tree) throws UntreatableRecordException {
      Optional<String> person =
          source.flatMap(SourceConfig::subject).isEmpty()
              ? Optional.of(Long.toString(events))
              : source
                  .flatMap(SourceConfig::subject)
                  .flatMap(path -> path.find(tree))
                  .flatMap(Scalars::text)
                  .filter(text -> !text.isEmpty());
      return person
          .orElseThrow(() -> new UntreatableRecordException(FailureKind.MISSING_SUBJECT))
          .getBytes(StandardCharsets.UTF_8);
    }

    private long time(ObjectNode tree) throws UntreatableRecordException {
      boolean missing = plan.time().isPresent() && plan.time().get().find(tree).isEmpty();
      if (missing) {
        throw new UntreatableRecordException(FailureKind.MISSING_TIME);
      }
      long time =
          plan.eventTime(tree)
              .orElseThrow(() -> new UntreatableRecordException(FailureKind.UNREADABLE_TIME));
      if (time > latest) {
        throw new UntreatableRecordException(FailureKind.TOO_FAR_AHEAD);
      }
      return time;
    }

    void close() {
      if (first <= last) {
        engine.closeThrough(first, last);
        send();
      }
    }

    private void send() {
      boolean more = engine.send(MAX_WINDOWS - closed.size(), closed::add);
      if (more) {
        throw new InputException(
            "the event times span more than "
                + MAX_WINDOWS
                + " windows; check the field source.time, or take longer windows");
      }
    }

    void release(byte[] digest, OutputStream file) throws IOException {
      byte[] keyed =
          keyset.seals().compute(identity().add(digest).add(counted.digest()).toBytes(), 32);
      Releaser releaser =
          new Releaser(
              plan,
              "file " + pipeline + " " + HexFormat.of().formatHex(keyed),
              keyset,
              new Ledger(plan.config(), new HeapKeyValues(), List::of),
              new HeapKeyValues(),
              1);
      List<Published> published = new ArrayList<>();
      for (WindowPartial partial : closed) {
        releaser.receive(partial);
        releaser.release(1, published::add);
        for (Published each : published) {
          write(each, file);
        }
        published.clear();
      }
    }

    private void write(Published published, OutputStream file) throws IOException {
      if (published instanceof Published.Answer answer) {
        file.write(ExactJson.bytes(answer.content()));
        file.write('\n');
      } else if (published instanceof Published.Entry entry) {
        if (entry.entry().kind() == LedgerEntry.Kind.RELEASE) {
          releases++;
        } else {
          refusals++;
        }
      }
    }

    FileReport report() {
      return new FileReport(
          events,
          unreadable,
          counts.total(Outcome.LATE),
          counts.total(Outcome.UNUSABLE),
          counts.total(Outcome.OUT_OF_BOUNDS),
          releases,
          refusals);
    }
  }

  /** How a file is read: what decides who a person is and when an event was. */
  private Identity identity() {
    Identity identity = new Identity().add("cloister.file.v2").add(source.isPresent() ? 1 : 0);
    source.ifPresent(
        it ->
            identity
                .add(it.format().name())
                .add(it.subject().map(FieldPath::toString).orElse(""))
                .add(it.time().map(FieldPath::toString).orElse(""))
                .add(it.maxAhead().toMillis())
                .add(it.maxBytes()));
    return identity;
  }

  private static boolean blank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("SHA-256 is part of every Java platform", e);
    }
  }
}
