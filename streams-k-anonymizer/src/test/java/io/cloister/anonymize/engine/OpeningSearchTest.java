// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The search against every combination of levels, one by one. */
class OpeningSearchTest {
  private static final List<Hierarchy> HIERARCHIES = Streams.HIERARCHIES;

  record Waiter(int person, List<String> values, double open, double prospect) {}

  @Provide
  Arbitrary<List<Waiter>> waiters() {
    Arbitrary<List<String>> values =
        Combinators.combine(
                Arbitraries.of("aaa", "aab", "aba", "b", "bb", ""),
                Arbitraries.of("0", "1", "3", "4", "none"),
                Arbitraries.of("x", "y", "*"))
            .as((first, second, third) -> List.of(first, second, third));
    return Combinators.combine(
            Arbitraries.integers().between(0, 14),
            values,
            Arbitraries.doubles().between(0, 1),
            Arbitraries.doubles().between(0, 1))
        .as(Waiter::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(90);
  }

  private static HeldEvent hold(EpochState epoch, Waiter waiter, long sequence) {
    List<List<String>> chains = new ArrayList<>();
    for (int q = 0; q < HIERARCHIES.size(); q++) {
      chains.add(HIERARCHIES.get(q).chain(waiter.values().get(q)));
    }
    Event event =
        new Event(
            "p" + waiter.person(), 0, 0, chains, List.of(), new Payload(new byte[0]), sequence, 99);
    int[][] numbers = epoch.intern(chains);
    HeldEvent held = new HeldEvent(sequence, event, epoch, numbers);
    epoch.waiting().add(held, waiter.open());
    if (held.slot() != HeldEvent.NO_SLOT) {
      epoch.waiting().index().prospect(held, waiter.prospect());
    }
    return held;
  }

  /** Every combination of levels but the coarsest, by loss, with whom it covers. */
  private static Map<Tuple, Map<Member, Double>> cells(
      EpochState epoch, List<HeldEvent> all, HeldEvent event) {
    Map<Tuple, Map<Member, Double>> cells = new HashMap<>();
    int[] top = HIERARCHIES.stream().mapToInt(h -> h.levels() - 1).toArray();
    int[] levels = new int[top.length];
    while (true) {
      Tuple labels = Tuple.at(event.chains(), levels);
      if (!epoch.isAllRoot(labels)) {
        Map<Member, Double> people = new HashMap<>();
        for (HeldEvent held : all) {
          if (held.member() != event.member()
              && held.slot() != HeldEvent.NO_SLOT
              && isUnder(held, labels)) {
            double expected = WaitingIndex.loss(epoch.waiting().index().grade(held.slot()));
            people.merge(held.member(), expected, Math::max);
          }
        }
        cells.put(new Tuple(levels.clone()), people);
      }
      int q = 0;
      while (q < top.length && levels[q] == top[q]) {
        levels[q++] = 0;
      }
      if (q == top.length) {
        return cells;
      }
      levels[q]++;
    }
  }

  /** A label may stand on several levels. */
  private static boolean isUnder(HeldEvent held, Tuple labels) {
    for (int q = 0; q < labels.items().length; q++) {
      int label = labels.get(q);
      if (IntStream.of(held.chains()[q]).noneMatch(other -> other == label)) {
        return false;
      }
    }
    return true;
  }

  private static double loss(HeldEvent event, int[] levels) {
    double sum = 0;
    for (int q = 0; q < levels.length; q++) {
      List<String> chain = event.event().chains().get(q);
      String label = chain.get(levels[q]);
      sum += HIERARCHIES.get(q).loss(label, chain.lastIndexOf(label));
    }
    return sum / levels.length;
  }

  private static double gain(double own, int k, double loss, Map<Member, Double> people) {
    List<Double> expected = new ArrayList<>(people.values());
    expected.sort(Comparator.reverseOrder());
    return own
        + expected.subList(0, k - 1).stream().mapToDouble(Double::doubleValue).sum()
        - k * loss;
  }

  @Property
  void finestCellThatCanOpenIsFound(
      @ForAll("waiters") List<Waiter> waiters, @ForAll @IntRange(min = 2, max = 5) int k) {
    EngineSettings settings = new EngineSettings(k, HIERARCHIES, List.of());
    EpochState epoch = new EpochState(0, settings, Journal.none());
    List<HeldEvent> all = hold(epoch, waiters);
    HeldEvent event = all.get(0);
    double expected =
        cells(epoch, all, event).entrySet().stream()
            .filter(cell -> cell.getValue().size() >= k - 1)
            .mapToDouble(cell -> loss(event, cell.getKey().items()))
            .filter(loss -> loss < epoch.waiting().index().usefulLoss(event))
            .min()
            .orElse(1);
    Optional<OpeningSearch.Cell> found = new OpeningSearch(settings).leastLoss(event);
    assertThat(found.map(OpeningSearch.Cell::loss).orElse(1.0)).isCloseTo(expected, within(1e-9));
    found.ifPresent(
        cell -> assertThat(loss(event, cell.levels().items())).isCloseTo(expected, within(1e-9)));
  }

  @Property
  void cellThatGainsMostInAllIsFound(
      @ForAll("waiters") List<Waiter> waiters,
      @ForAll @IntRange(min = 2, max = 5) int k,
      @ForAll @DoubleRange(max = 1) double open) {
    EngineSettings settings = new EngineSettings(k, HIERARCHIES, List.of());
    EpochState epoch = new EpochState(0, settings, Journal.none());
    List<HeldEvent> all = hold(epoch, waiters);
    HeldEvent event = all.get(0);
    Map<Tuple, Map<Member, Double>> cells = cells(epoch, all, event);
    ToDoubleFunction<Map.Entry<Tuple, Map<Member, Double>>> gain =
        cell -> gain(open, k, loss(event, cell.getKey().items()), cell.getValue());
    double most =
        cells.entrySet().stream()
            .filter(cell -> cell.getValue().size() >= k - 1)
            .filter(cell -> loss(event, cell.getKey().items()) < 1.2 * open)
            .mapToDouble(gain)
            .max()
            .orElse(0);
    Optional<int[]> found =
        new OpeningSearch(settings)
            .worthOpening(epoch.view(event), event, epoch, Optional.of(open), 0);
    assertThat(found.isPresent()).isEqualTo(most > 0);
    found.ifPresent(
        levels ->
            assertThat(cells.entrySet())
                .filteredOn(cell -> cell.getKey().equals(new Tuple(levels)))
                .singleElement()
                .satisfies(
                    cell -> assertThat(gain.applyAsDouble(cell)).isCloseTo(most, within(1e-9))));
  }

  /** Who opens a cell are those of whom most loss is expected elsewhere, never fewer than k. */
  @Property
  void peopleWithMostToExpectOpenTheCell(
      @ForAll("waiters") List<Waiter> waiters, @ForAll @IntRange(min = 2, max = 5) int k) {
    EngineSettings settings = new EngineSettings(k, HIERARCHIES, List.of());
    EpochState epoch = new EpochState(0, settings, Journal.none());
    List<HeldEvent> all = hold(epoch, waiters);
    HeldEvent event = all.get(0);
    cells(epoch, all, event)
        .forEach(
            (levels, people) -> {
              Optional<List<Member>> chosen =
                  Opening.choose(epoch.view(event), event, epoch, levels.items());
              assertThat(chosen.isPresent()).isEqualTo(people.size() >= k - 1);
              chosen.ifPresent(
                  members -> {
                    assertThat(members).hasSize(k - 1).doesNotHaveDuplicates();
                    double sum =
                        members.stream().mapToDouble(one -> people.getOrDefault(one, -1.0)).sum();
                    assertThat(sum).isCloseTo(gain(0, k, 0, people), within(1e-9));
                  });
            });
  }

  @Example
  void whoeverHasLeftIsCountedNoMore() {
    EngineSettings settings = new EngineSettings(2, HIERARCHIES, List.of());
    EpochState epoch = new EpochState(0, settings, Journal.none());
    Waiter one = new Waiter(1, List.of("aaa", "0", "x"), 1, 1);
    Waiter two = new Waiter(2, List.of("aaa", "0", "x"), 1, 1);
    HeldEvent event = hold(epoch, one, 0);
    HeldEvent other = hold(epoch, two, 1);
    OpeningSearch search = new OpeningSearch(settings);
    assertThat(search.leastLoss(event).orElseThrow().loss()).isZero();
    epoch.waiting().remove(other);
    assertThat(search.leastLoss(event)).isEmpty();
  }

  private static List<HeldEvent> hold(EpochState epoch, List<Waiter> waiters) {
    List<HeldEvent> held = new ArrayList<>();
    for (Waiter waiter : waiters) {
      held.add(hold(epoch, waiter, held.size()));
    }
    epoch.waiting().index().weigh(0);
    return held;
  }
}
