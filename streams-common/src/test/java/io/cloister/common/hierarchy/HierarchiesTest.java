// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.config.DateStep;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HierarchiesTest {
  private static final Path NOWHERE = Path.of("");

  static Hierarchy dates(String... steps) {
    List<DateStep> parsed = Stream.of(steps).map(DateStep::parse).toList();
    return Hierarchies.of(new HierarchyConfig.Dates(parsed), NOWHERE);
  }

  static Hierarchy prefix(Integer... lengths) {
    return Hierarchies.of(new HierarchyConfig.Prefix(List.of(lengths)), NOWHERE);
  }

  static Hierarchy intervals(String... widths) {
    List<BigDecimal> parsed = Stream.of(widths).map(BigDecimal::new).toList();
    return Hierarchies.of(new HierarchyConfig.Intervals(parsed), NOWHERE);
  }

  private static Hierarchy file(Path dir, String text) throws Exception {
    Files.writeString(dir.resolve("h.csv"), text);
    return Hierarchies.of(new HierarchyConfig.File("h.csv"), dir);
  }

  @Test
  void datesStartAtTheFirstStepAndEndAtTheRoot() {
    assertThat(dates("day", "month", "year", "5y", "10y").chain("2003-05-17"))
        .containsExactly("2003-05-17", "2003-05", "2003", "2000-2004", "2000-2009", "*");
    assertThat(dates("year", "10y").chain("2003-05-17T23:30:00+09:00"))
        .containsExactly("2003", "2000-2009", "*");
    assertThat(dates("month").chain("1052000000000")).containsExactly("2003-05", "*");
    assertThat(dates("year").chain("1987")).containsExactly("1987", "*");
    assertThat(dates("month", "year").chain("1987-11")).containsExactly("1987-11", "1987", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "yesterday", "2003-13-01", "2003", "99999-01-01", "2003-02-30T"})
  void dateThatIsNoneOrCoarserThanTheFinestStepIsTheRootThroughout(String value) {
    assertThat(dates("month", "year").chain(value)).containsExactly("*", "*", "*");
  }

  @Test
  void prefixesKeepTheirWidthWhateverTheLengthOfTheValue() {
    Hierarchy hierarchy = prefix(5, 3, 1);
    assertThat(hierarchy.chain("12345")).containsExactly("12345", "123**", "1****", "*");
    assertThat(hierarchy.chain("1234567")).containsExactly("12345", "123**", "1****", "*");
    assertThat(hierarchy.chain("12")).containsExactly("12", "12", "1****", "*");
    assertThat(prefix(2, 1).chain("😀b")).containsExactly("😀b", "😀*", "*");
  }

  @Test
  void valueThatLooksLikeAPrefixLabelIsTheRoot() {
    assertThat(prefix(5, 3).chain("123**")).containsExactly("*", "*", "*");
  }

  @ParameterizedTest
  @CsvSource({
    "75, [60..90), [60..120)",
    "60, [60..90), [60..120)",
    "89.999, [60..90), [60..120)",
    "-1, [-30..0), [-60..0)",
    "0, [0..30), [0..60)",
    "1e2, [90..120), [60..120)"
  })
  void intervalsHoldTheirLowerEnd(String value, String fine, String coarse) {
    assertThat(intervals("30", "60").chain(value)).containsExactly(fine, coarse, "*");
  }

  @Test
  void intervalsOfFractionsAreExact() {
    assertThat(intervals("0.1", "0.5").chain("0.3")).containsExactly("[0.3..0.4)", "[0..0.5)", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "sixty", "1e999999999", "0x10"})
  void whatIsNoNumberIsTheRoot(String value) {
    assertThat(intervals("30").chain(value)).containsExactly("*", "*");
  }

  @Test
  void flatKeepsTheValueOrNothing() {
    Hierarchy flat = Hierarchies.of(new HierarchyConfig.Flat(), NOWHERE);
    assertThat(flat.chain("F")).containsExactly("F", "*");
    assertThat(flat.chain("")).containsExactly("*", "*");
    assertThat(flat.loss("F", 0)).isZero();
    assertThat(flat.loss("*", 1)).isEqualTo(1.0);
  }

  @Test
  void rootLosesEverythingOnWhateverLevelItStands() {
    assertThat(dates("day", "month").loss("*", 0)).isEqualTo(1.0);
    assertThat(dates("day", "month").loss("2003-05", 1)).isEqualTo(0.5);
  }

  @Test
  void stepsThatDoNotNestAreRefused() {
    assertThatThrownBy(() -> dates("2y", "3y")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> dates("year", "month")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> dates()).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> prefix(3, 3)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> prefix(3, 0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> intervals("30", "45")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> intervals("0")).isInstanceOf(InputException.class);
  }

  @Test
  void fileWithByteOrderMarkAndWindowsLineEndsIsRead(@TempDir Path dir) throws Exception {
    Hierarchy hierarchy = file(dir, "\uFEFFWales;West;*\r\nKent;South;*\r\nDevon;South;*\r\n\r\n");
    assertThat(hierarchy.levels()).isEqualTo(3);
    assertThat(hierarchy.chain("Wales")).containsExactly("Wales", "West", "*");
    assertThat(hierarchy.chain("Atlantis")).containsExactly("*", "*", "*");
    assertThat(hierarchy.loss("South", 1)).isEqualTo(0.5);
    assertThat(hierarchy.loss("Kent", 0)).isZero();
    assertThat(hierarchy.loss("*", 2)).isEqualTo(1.0);
  }

  @Test
  void fileMayRepeatALabelThatStandsForTheSameLeaves(@TempDir Path dir) throws Exception {
    Hierarchy hierarchy = file(dir, "55<=;55<=;*\n0-35;0-55;*\n35-55;0-55;*\n");
    assertThat(hierarchy.chain("55<=")).containsExactly("55<=", "55<=", "*");
    assertThat(hierarchy.loss("55<=", 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'a;x;*|b;*', line 2",
    "'a;x;*|a;y;*', line 2",
    "'a;x;*|b;x', line 2",
    "'a;A;*|b;a;*', 'a'",
    "'a;*;*|b;B;*', '*'",
    "'a;x;p;*|b;x;q;*', line 2",
    "'a;;*', line 1",
    "'*;x;*', line 1",
    "'a', line 1",
    "'', no line"
  })
  void fileThatIsNoHierarchyIsRefusedWithItsLine(String text, String where, @TempDir Path dir) {
    assertThatThrownBy(() -> file(dir, text.replace('|', '\n')))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("h.csv")
        .hasMessageContaining(where);
  }

  @Test
  void fileThatIsNotUtf8OrNotThereIsRefused(@TempDir Path dir) throws Exception {
    Files.write(dir.resolve("latin"), "Zürich;*".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Hierarchies.of(new HierarchyConfig.File("latin"), dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Hierarchies.of(new HierarchyConfig.File("none"), dir))
        .isInstanceOf(InputException.class);
  }

  @Property
  void eachLevelCoarsensTheOneBefore(@ForAll("declared") Declared declared) {
    Hierarchy hierarchy = declared.hierarchy();
    List<List<String>> chains = new ArrayList<>();
    declared.values().forEach(value -> chains.add(hierarchy.chain(value)));
    for (int level = 0; level + 1 < hierarchy.levels(); level++) {
      Map<String, String> parents = new HashMap<>();
      for (List<String> chain : chains) {
        assertThat(chain).hasSize(hierarchy.levels());
        assertThat(chain.get(hierarchy.levels() - 1)).isEqualTo("*");
        if (!chain.get(0).equals("*")) {
          String parent = parents.putIfAbsent(chain.get(level), chain.get(level + 1));
          assertThat(parent == null || parent.equals(chain.get(level + 1))).isTrue();
          assertThat(hierarchy.loss(chain.get(level), level))
              .isLessThanOrEqualTo(hierarchy.loss(chain.get(level + 1), level + 1));
        }
      }
    }
  }

  /** A label names one set of values: who has it has it on the same levels. */
  @Property
  void labelStandsOnTheSameLevelsForAll(@ForAll("declared") Declared declared) {
    Map<String, List<Integer>> levelsOf = new HashMap<>();
    for (String value : declared.values()) {
      List<String> chain = declared.hierarchy().chain(value);
      if (!chain.get(0).equals("*")) {
        for (String label : chain) {
          List<Integer> levels =
              IntStream.range(0, chain.size())
                  .filter(i -> chain.get(i).equals(label))
                  .boxed()
                  .toList();
          List<Integer> before = levelsOf.putIfAbsent(label, levels);
          assertThat(before == null || before.equals(levels)).isTrue();
        }
      }
    }
  }

  record Declared(Hierarchy hierarchy, List<String> values) {}

  @Provide
  Arbitrary<Declared> declared() {
    Arbitrary<String> dates =
        Arbitraries.integers()
            .between(-30_000, 60_000)
            .map(day -> java.time.LocalDate.ofEpochDay(day).toString());
    Arbitrary<String> text = Arbitraries.strings().withChars("0123ab*").ofMaxLength(7);
    Arbitrary<String> numbers =
        Arbitraries.bigDecimals()
            .between(new BigDecimal(-500), new BigDecimal(500))
            .map(String::valueOf);
    return Arbitraries.oneOf(
        some(dates("day", "month", "year", "2y", "10y", "100y"), dates),
        some(dates("month", "5y", "25y"), dates),
        some(prefix(5, 3, 1), text),
        some(prefix(4), text),
        some(intervals("0.5", "30", "60", "300"), numbers));
  }

  private static Arbitrary<Declared> some(Hierarchy hierarchy, Arbitrary<String> values) {
    return values.list().ofMaxSize(200).map(list -> new Declared(hierarchy, list));
  }
}
