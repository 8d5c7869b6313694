// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cloister.common.hierarchy.Hierarchy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Most events of a stream are of people who have a class already. Bytes are counted and not time,
 * so the figure is the same on every machine; the compiler can only lower it.
 */
class ReturningPathTest {
  private static final int PEOPLE = 2_000;
  private static final int K = 5;

  /** What runs beside the test may allocate something for the thread now and then. */
  private static final double BYTES_EACH = 0.5;

  /** Looks at what it is told of, and keeps nothing. */
  private static class Count implements DecisionSink {
    private long released;
    private double loss;

    @Override
    public void released(Event event, List<String> cell, double loss) {
      released++;
      this.loss += loss;
    }

    @Override
    public void suppressed(Event event) {}

    @Override
    public void moved(Event event) {}

    @Override
    public void late(Event event) {}
  }

  /** Makes of every release what the engine is not to make. */
  private static final class Planted extends Count {
    private byte[] planted = new byte[0];

    @Override
    public void released(Event event, List<String> cell, double loss) {
      super.released(event, cell, loss);
      planted = new byte[8];
    }
  }

  private final Count count = new Count();

  @Test
  void anEventOfAPersonWithAClassAllocatesNothing() {
    AnonymizationEngine engine = engine(List.of());
    assertThat(bytesEach(event -> engine.accept(event, count), 0)).isLessThan(BYTES_EACH);
    assertThat(count.released).isGreaterThan(5 * PEOPLE);
    assertThat(count.loss).isNotNegative();
  }

  @Test
  void norWhereConditionsOnSensitiveValuesAreKept() {
    AnonymizationEngine engine =
        engine(
            List.of(
                new SensitiveCondition.DistinctDiversity(2),
                new SensitiveCondition.TCloseness(0.9, new ValueDistance.Equal())));
    assertThat(bytesEach(event -> engine.accept(event, count), 0)).isLessThan(BYTES_EACH);
    assertThat(count.released).isGreaterThan(5 * PEOPLE);
  }

  @Test
  void norWhereEventsOfTwoEpochsAlternate() {
    AnonymizationEngine engine = engine(List.of());
    assertThat(bytesEach(event -> engine.accept(event, count), 1)).isLessThan(BYTES_EACH);
    assertThat(count.released).isGreaterThan(5 * PEOPLE);
  }

  @Test
  void norWhereTheTaskHasManyRegionsAndNothingIsDue() {
    Regions<String> regions =
        new Regions<>(
            settings(List.of()),
            Pace.SPREAD,
            region -> Journal.none(),
            region -> EarlierClasses.none(),
            region -> count,
            Map.of(),
            Optional.of(new SecondChance<>("*", 25, true)));
    Consumer<Event> call =
        event -> {
          regions.advance(event.arrival());
          regions.accept(event.person().endsWith("7") ? "7" : "others", event);
        };
    assertThat(bytesEach(call, 0)).isLessThan(BYTES_EACH);
    assertThat(count.released).isGreaterThan(5 * PEOPLE);
  }

  @Test
  void theMeasureSeesTheSmallestArray() {
    AnonymizationEngine engine = engine(List.of());
    Planted planted = new Planted();
    assertThat(bytesEach(event -> engine.accept(event, planted), 0)).isGreaterThanOrEqualTo(16);
    assertThat(planted.planted).hasSize(8);
  }

  /** Lets everybody come, and then come again five times, which is what counts. */
  private static double bytesEach(Consumer<Event> call, int otherEpoch) {
    List<Event> again = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      for (int epoch = 0; epoch <= otherEpoch; epoch++) {
        call.accept(event(i, epoch, i));
        again.add(event(i, epoch, PEOPLE + 100));
      }
    }
    // What waits until its deadline is decided here; whoever changes nothing comes twice more.
    again.forEach(call);
    again.forEach(call);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = allocated();
      for (int i = 0; i < again.size(); i++) {
        call.accept(again.get(i));
      }
      least = Math.min(least, allocated() - before);
    }
    return (double) least / again.size();
  }

  private static EngineSettings settings(List<SensitiveCondition> conditions) {
    return new EngineSettings(
        K, Streams.HIERARCHIES, conditions.isEmpty() ? List.of() : List.of(conditions));
  }

  private static AnonymizationEngine engine(List<SensitiveCondition> conditions) {
    return new AnonymizationEngine(settings(conditions), Journal.none(), List.of());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static Event event(int person, long epoch, long arrival) {
    List<List<String>> chains = new ArrayList<>();
    List<Hierarchy> hierarchies = Streams.HIERARCHIES;
    chains.add(hierarchies.get(0).chain(person % 2 == 0 ? "aaa" : "aba"));
    chains.add(hierarchies.get(1).chain(Integer.toString(person % 4)));
    chains.add(hierarchies.get(2).chain(person % 3 == 0 ? "x" : "y"));
    return new Event(
        "p" + person,
        epoch,
        0,
        chains,
        List.of(Integer.toString(person / 12 % 3)),
        new Payload(new byte[0]),
        arrival,
        arrival + 50);
  }
}
