// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.path.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private record Row(String person, List<String> values) {}

  private record Sample(int fields, List<Row> rows) {}

  @Property(tries = 300)
  void everyCountIsThatOfARecount(
      @ForAll("samples") Sample sample, @ForAll @IntRange(min = 2, max = 5) int k) {
    SampleRisk risk = population(sample).risk(k);

    Set<List<FieldPath>> expected = new HashSet<>();
    for (int set = 1; set < 1 << sample.fields(); set++) {
      if (Integer.bitCount(set) <= 3 || Integer.bitCount(set) == sample.fields()) {
        expected.add(fields(sample, set));
      }
    }
    assertThat(risk.combinations()).hasSameSizeAs(expected);
    for (int set = 1; set < 1 << sample.fields(); set++) {
      List<FieldPath> fields = fields(sample, set);
      if (expected.contains(fields)) {
        assertThat(risk.combinations()).contains(recount(sample, fields, set, k));
      }
    }
    assertThat(risk.people()).isEqualTo(sample.rows().stream().map(Row::person).distinct().count());
  }

  @Property(tries = 100)
  void riskiestComeFirst(@ForAll("samples") Sample sample) {
    assertThat(population(sample).risk(3).combinations())
        .isSortedAccordingTo(
            Comparator.comparingLong(CombinationRisk::unique)
                .thenComparingLong(CombinationRisk::underK)
                .reversed());
  }

  @Test
  void personWithSeveralRowsCountsOnceByTheMostTelling() {
    Population population = new Population(List.of(FieldPath.parse("region")));
    population.add("ann", List.of("north"));
    population.add("ann", List.of("north"));
    population.add("ann", List.of("south"));
    population.add("bob", List.of("north"));

    assertThat(population.risk(3).combinations())
        .containsExactly(new CombinationRisk(List.of(FieldPath.parse("region")), 2, 1, 2));
  }

  private static CombinationRisk recount(Sample sample, List<FieldPath> fields, int set, int k) {
    Map<List<String>, Set<String>> groups = new HashMap<>();
    for (Row row : sample.rows()) {
      groups.computeIfAbsent(chosen(row, set), values -> new HashSet<>()).add(row.person());
    }
    Set<String> unique = new HashSet<>();
    Set<String> underK = new HashSet<>();
    for (Set<String> group : groups.values()) {
      if (group.size() == 1) {
        unique.addAll(group);
      }
      if (group.size() < k) {
        underK.addAll(group);
      }
    }
    return new CombinationRisk(fields, groups.size(), unique.size(), underK.size());
  }

  private static List<String> chosen(Row row, int set) {
    List<String> chosen = new ArrayList<>();
    for (int field = 0; field < row.values().size(); field++) {
      if ((set & 1 << field) != 0) {
        chosen.add(row.values().get(field));
      }
    }
    return chosen;
  }

  private static List<FieldPath> fields(Sample sample, int set) {
    return IntStream.range(0, sample.fields())
        .filter(field -> (set & 1 << field) != 0)
        .mapToObj(PopulationTest::field)
        .toList();
  }

  private static FieldPath field(int number) {
    return FieldPath.parse("f" + number);
  }

  private static Population population(Sample sample) {
    Population population =
        new Population(
            IntStream.range(0, sample.fields()).mapToObj(PopulationTest::field).toList());
    sample.rows().forEach(row -> population.add(row.person(), row.values()));
    return population;
  }

  @Provide
  Arbitrary<Sample> samples() {
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(
            fields -> {
              Arbitrary<List<String>> values = Arbitraries.of("", "a", "b").list().ofSize(fields);
              Arbitrary<String> people = Arbitraries.of("p", "q", "r", "s", "t", "u", "v", "w");
              return Combinators.combine(people, values)
                  .as(Row::new)
                  .list()
                  .ofMinSize(1)
                  .ofMaxSize(30)
                  .map(rows -> new Sample(fields, rows));
            });
  }
}
