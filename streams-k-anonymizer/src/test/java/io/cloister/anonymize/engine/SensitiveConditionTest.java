// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloister.anonymize.engine.SensitiveCondition.DistinctDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.EntropyDiversity;
import io.cloister.anonymize.engine.SensitiveCondition.TCloseness;
import io.cloister.common.error.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand, or in the papers. */
class SensitiveConditionTest {
  /** The salaries of section 5.1 of the t-closeness paper, in thousands. */
  private static final ValueCounts SALARIES = counts("3", "4", "5", "6", "7", "8", "9", "10", "11");

  private static final ValueCounts NOBODY = counts();

  private static ValueCounts counts(String... values) {
    ValueCounts counts = new ValueCounts();
    for (String value : values) {
      counts.add(SensitiveValue.of(value), 1);
    }
    return counts;
  }

  private static void assertDistance(ValueDistance distance, double expected, String... cell) {
    assertThat(distance.between(counts(cell), SALARIES)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void orderedDistanceIsThatOfThePaper() {
    assertDistance(new ValueDistance.Numeric(), 0.375, "3", "4", "5");
    assertDistance(new ValueDistance.Numeric(), 1 / 6.0, "6", "8", "11");
  }

  @Test
  void orderedDistanceByAListIsThatByNumberWhereTheListIsInTheOrderOfNumbers() {
    ValueDistance listed =
        ValueDistance.Listed.of(List.of("3", "4", "5", "6", "7", "8", "9", "10", "11"));
    assertDistance(listed, 0.375, "3", "4", "5");
    assertDistance(listed, 1 / 6.0, "6", "8", "11");
  }

  @Test
  void orderedDistanceByAListGoesByTheList() {
    ValueDistance grades = ValueDistance.Listed.of(List.of("fail", "pass", "distinction"));
    ValueCounts reference = counts("fail", "pass", "distinction");
    // A third of the people two steps of two, a third one step.
    assertThat(grades.between(counts("fail"), reference)).isCloseTo(0.5, within(1e-12));
    // Two thirds by one step of two.
    assertThat(grades.between(counts("pass"), reference)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void equalDistanceIsTheShareThatHasToMove() {
    // Each of the three has a third instead of a ninth.
    assertDistance(new ValueDistance.Equal(), 2 / 3.0, "3", "4", "5");
    assertDistance(new ValueDistance.Equal(), 2 / 3.0, "6", "8", "11");
    assertDistance(new ValueDistance.Equal(), 8 / 9.0, "6", "6");
  }

  @Test
  void distanceOfADistributionFromItselfIsNothing() {
    ValueCounts twice = counts("1", "1", "2", "2", "x", "x");
    assertThat(new ValueDistance.Equal().between(counts("1", "2", "x"), twice)).isZero();
    assertThat(new ValueDistance.Numeric().between(counts("1", "2"), counts("1", "2"))).isZero();
  }

  @Test
  void cellWithAValueThatHasNoPlaceIsAsFarAsCanBe() {
    ValueCounts reference = counts("1", "2", "x");
    assertThat(new ValueDistance.Numeric().between(counts("1", "2", "x"), reference)).isOne();
    assertThat(new ValueDistance.Numeric().between(counts("1", "2"), reference)).isZero();
    ValueDistance listed = ValueDistance.Listed.of(List.of("x", "1"));
    assertThat(listed.between(counts("x", "1", "2"), reference)).isOne();
    assertThat(listed.between(counts("x", "1"), reference)).isZero();
  }

  @Test
  void nobodyIsAsFarAsCanBe() {
    for (ValueDistance distance :
        List.of(
            new ValueDistance.Equal(),
            new ValueDistance.Numeric(),
            ValueDistance.Listed.of(List.of("1", "2")))) {
      assertThat(distance.between(NOBODY, counts("1"))).isOne();
      assertThat(distance.between(counts("1"), NOBODY)).isOne();
    }
  }

  @Test
  void entropyIsThatOfSoManyEquallyFrequentValues() {
    // Two, one and one of four: 1.5 bits, as of 2.83 values.
    ValueCounts cell = counts("a", "a", "b", "c");
    assertThat(Math.exp(cell.entropy())).isCloseTo(Math.pow(2, 1.5), within(1e-12));
    assertThat(new EntropyDiversity(2.82).shortfall(cell, NOBODY)).isZero();
    assertThat(new EntropyDiversity(2.83).shortfall(cell, NOBODY)).isPositive();
  }

  @Test
  void equallyFrequentValuesAreAsManyAsTheyAreByEntropy() {
    ValueCounts cell = new ValueCounts();
    for (int value = 1; value <= 40; value++) {
      cell.add(SensitiveValue.of("v" + value), 7);
      if (value > 1) {
        assertThat(new EntropyDiversity(value).shortfall(cell, NOBODY)).isZero();
        assertThat(new EntropyDiversity(value + 1e-6).shortfall(cell, NOBODY)).isPositive();
      }
    }
  }

  @Test
  void nobodyIsNotDiverse() {
    assertThat(new EntropyDiversity(1.5).shortfall(NOBODY, NOBODY)).isPositive();
    assertThat(new DistinctDiversity(2).shortfall(NOBODY, NOBODY)).isPositive();
    assertThat(new TCloseness(0.99, new ValueDistance.Equal()).shortfall(NOBODY, counts("1")))
        .isPositive();
  }

  @Test
  void distanceOfExactlyTIsCloseEnough() {
    ValueCounts reference = counts("1", "1", "1", "2", "2", "2", "2", "2", "2", "2");
    ValueCounts cell = counts("1", "2");
    TCloseness close = new TCloseness(0.2, new ValueDistance.Equal());
    assertThat(close.shortfall(cell, reference)).isZero();
    reference.add(SensitiveValue.of("2"), 1);
    assertThat(close.shortfall(cell, reference)).isPositive();
  }

  @Test
  void conditionsThatAskForNothingAreRefused() {
    assertThatThrownBy(() -> new DistinctDiversity(1)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new EntropyDiversity(1)).isInstanceOf(InputException.class);
    for (double t : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> new TCloseness(t, new ValueDistance.Equal()))
          .isInstanceOf(InputException.class);
    }
  }
}
