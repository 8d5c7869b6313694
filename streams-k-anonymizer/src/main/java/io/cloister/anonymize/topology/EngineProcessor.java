// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.anonymize.AnonymizePlan;
import io.cloister.anonymize.engine.DecisionSink;
import io.cloister.anonymize.engine.EarlierClasses;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Journal;
import io.cloister.anonymize.engine.Pace;
import io.cloister.anonymize.engine.Regions;
import io.cloister.anonymize.engine.SecondChance;
import io.cloister.common.metrics.RecordCounts;
import io.cloister.common.metrics.RecordCounts.Outcome;
import io.cloister.common.record.Decoded;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The engines of the regions of one partition. What is decided together is forwarded in one call,
 * to the partition that the task reads; what moves, to the partition of the second chance.
 * Everything on the heap is rebuilt by {@link #init}: an aborted transaction does not roll it back.
 */
final class EngineProcessor extends ContextualProcessor<String, Routed, OutputKey, byte[]> {

  private static final int KEYS = 10_000;

  private final AnonymizePlan plan;
  private final EventReader reader;
  private final EventWriter writer;
  private final RecordCounts counts;
  private final EngineMeters meters;
  private final InstantSource clock;
  private final int secondChance;
  private Regions<String> regions;
  private Optional<Known> known = Optional.empty();
  private CommitPace pace = new CommitPace();
  private final Map<List<String>, OutputKey> keys = new HashMap<>();
  private long held;

  /** The event that is being taken, which need not be decoded again when it is decided at once. */
  private record Known(Event event, Decoded decoded) {}

  EngineProcessor(
      AnonymizePlan plan,
      EventReader reader,
      EventWriter writer,
      RecordCounts counts,
      EngineMeters meters,
      InstantSource clock,
      int secondChance) {
    this.plan = plan;
    this.reader = reader;
    this.writer = writer;
    this.counts = counts;
    this.meters = meters;
    this.clock = clock;
    this.secondChance = secondChance;
    this.regions = empty();
  }

  @Override
  public void init(ProcessorContext<OutputKey, byte[]> context) {
    super.init(context);
    pace = new CommitPace();
    EngineStores stores = stores();
    stores.checkRules(plan.rules());
    regions =
        new Regions<>(
            plan.settings(),
            Pace.SPREAD,
            stores::journal,
            stores::earlier,
            Sink::new,
            stores.read(),
            plan.secondChance(
                delay(),
                AnonymizeTopology.SECOND_CHANCE,
                context.taskId().partition() == secondChance));
    updateGauge();
    context.schedule(CommitPace.TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Routed> record) {
    decideOverdue();
    Decoded decoded = reader.decode(record.value().value().bytes());
    boolean again = record.key().equals(AnonymizeTopology.SECOND_CHANCE);
    if (again) {
      meters.moved(clock.millis() - record.timestamp());
    }
    Event event = reader.event(record.value(), decoded.tree(), clock.millis(), again);
    known = Optional.of(new Known(event, decoded));
    regions.accept(record.key(), event);
    known = Optional.empty();
    updateGauge();
  }

  /** Also how late a deadline may be noticed. */
  private void tick(long now) {
    decideOverdue();
    if (pace.isDue(now)) {
      context().commit();
    }
  }

  private void decideOverdue() {
    regions.advance(clock.millis());
    updateGauge();
  }

  /** Carries out what is decided in one region. */
  private final class Sink implements DecisionSink {
    private final String region;

    private Sink(String region) {
      this.region = region;
    }

    @Override
    public void released(Event event, List<String> cell, double loss) {
      Decoded decoded = decoded(event);
      long time = writer.truncated(reader.time(decoded.tree()));
      boolean withinRegion = region.equals(reader.region(decoded.tree()));
      byte[] value = writer.write(decoded, cell, time, withinRegion);
      if (keys.size() >= KEYS) {
        keys.clear();
      }
      OutputKey key = keys.computeIfAbsent(cell, EngineProcessor.this::key);
      // The time of release, so that retention counts from it, yet no finer than the event's.
      pace.moved();
      context()
          .forward(
              new Record<>(key, value, writer.truncated(clock.millis())),
              AnonymizeTopology.RELEASED);
      counts.count(Outcome.OUT);
    }

    @Override
    public void suppressed(Event event) {
      counts.count(Outcome.SUPPRESSED);
    }

    @Override
    public void moved(Event event) {
      pace.moved();
      if (event.deadline() - clock.millis() <= SecondChance.reserveOf(delay())) {
        pace.hurry();
      }
      OutputKey key = new OutputKey(AnonymizeTopology.SECOND_CHANCE, secondChance);
      byte[] value = reader.routed(event).toBytes();
      context().forward(new Record<>(key, value, clock.millis()), AnonymizeTopology.MOVED);
    }

    @Override
    public void late(Event event) {
      counts.count(Outcome.LATE);
    }
  }

  private Decoded decoded(Event event) {
    return known
        .filter(taken -> taken.event().payload().equals(event.payload()))
        .map(Known::decoded)
        .orElseGet(() -> reader.decode(event.payload().bytes()));
  }

  private OutputKey key(List<String> cell) {
    return OutputKey.of(cell, context().taskId().partition());
  }

  private Regions<String> empty() {
    return new Regions<>(
        plan.settings(),
        Pace.SPREAD,
        region -> Journal.none(),
        region -> EarlierClasses.none(),
        Sink::new,
        Map.of(),
        Optional.empty());
  }

  private EngineStores stores() {
    return new EngineStores(
        context().getStateStore(AnonymizeTopology.CELLS),
        context().getStateStore(AnonymizeTopology.PEOPLE),
        context().getStateStore(AnonymizeTopology.HELD),
        plan.nested()
            ? Optional.of(context().getStateStore(AnonymizeTopology.EARLIER))
            : Optional.empty());
  }

  private long delay() {
    return plan.config().maxDelay().toMillis();
  }

  private void updateGauge() {
    long now = regions.held();
    meters.held(now - held);
    held = now;
  }

  @Override
  public void close() {
    regions = empty();
    updateGauge();
  }
}
