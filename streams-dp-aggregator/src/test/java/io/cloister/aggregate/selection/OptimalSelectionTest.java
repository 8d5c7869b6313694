// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import static io.cloister.aggregate.accounting.Exact.DIGITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.accounting.Exact;
import io.cloister.aggregate.noise.KeyedBits;
import io.cloister.aggregate.noise.RandomBits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimalSelectionTest {
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal UNITS =
      new BigDecimal(BigInteger.ONE.shiftLeft(OptimalSelection.BITS));

  @ParameterizedTest
  @CsvSource({
    "1, 1e-5",
    "0.1, 1e-10",
    "0.02, 1e-8",
    "5, 1e-3",
    "1e-3, 0.1",
    "0.5, 0.6",
    "30, 1e-9"
  })
  void probabilitiesAreThoseOfTheClosedFormRoundedDown(BigDecimal epsilon, BigDecimal delta) {
    OptimalSelection selection = OptimalSelection.of(epsilon, delta).orElseThrow();

    for (int n = 0; n <= 3_000; n++) {
      BigDecimal closed = closedForm(n, epsilon, delta);
      BigDecimal drawn = drawn(selection).apply(n);
      assertThat(drawn).as("%d people", n).isLessThanOrEqualTo(closed.add(new BigDecimal("1e-45")));
      assertThat(drawn).isGreaterThanOrEqualTo(closed.subtract(new BigDecimal("1e-28")));
      if (drawn.compareTo(ONE) == 0) {
        break;
      }
    }
  }

  /** Theorem 1 of Desfontaines, Voss and Gipson. */
  private static BigDecimal closedForm(int n, BigDecimal epsilon, BigDecimal delta) {
    BigDecimal e = Exact.exp(epsilon);
    BigDecimal rise = e.subtract(ONE);
    int n1 =
        1
            + floor(
                Exact.ln(
                        e.add(delta.multiply(BigDecimal.valueOf(2)))
                            .subtract(ONE)
                            .divide(e.add(ONE).multiply(delta), DIGITS))
                    .divide(epsilon, DIGITS));
    if (n <= n1) {
      return geometric(n, epsilon, delta);
    }
    BigDecimal turning = geometric(n1, epsilon, delta);
    int n2 =
        n1
            + floor(
                Exact.ln(ONE.add(rise.divide(delta, DIGITS).multiply(ONE.subtract(turning))))
                    .divide(epsilon, DIGITS));
    if (n > n2) {
      return ONE;
    }
    BigDecimal fall = Exact.exp(epsilon.multiply(BigDecimal.valueOf(n1 - n)));
    return ONE.subtract(fall)
        .multiply(ONE.add(delta.divide(rise, DIGITS)))
        .add(fall.multiply(turning));
  }

  private static BigDecimal geometric(int n, BigDecimal epsilon, BigDecimal delta) {
    BigDecimal e = Exact.exp(epsilon);
    return Exact.exp(epsilon.multiply(BigDecimal.valueOf(n)))
        .subtract(ONE)
        .divide(e.subtract(ONE), DIGITS)
        .multiply(delta);
  }

  private static int floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR).intValueExact();
  }

  @Property(tries = 30)
  void theInequalityOfDifferentialPrivacyHoldsExactlyForEverySize(
      @ForAll @IntRange(min = 20, max = 4_000) int thousandths,
      @ForAll @IntRange(min = 1, max = 12) int digits) {
    BigDecimal epsilon = BigDecimal.valueOf(thousandths, 3);
    BigDecimal delta = BigDecimal.ONE.movePointLeft(digits);

    OptimalSelection.of(epsilon, delta)
        .ifPresent(
            selection ->
                assertThat(new SelectionAudit(epsilon, delta).holds(drawn(selection), 60_000))
                    .isTrue());
  }

  @Test
  void noSelectionThatKeepsToTheInequalityNamesGroupsMoreOften() {
    BigDecimal epsilon = new BigDecimal("0.3");
    BigDecimal delta = new BigDecimal("1e-4");
    OptimalSelection selection = OptimalSelection.of(epsilon, delta).orElseThrow();
    SelectionAudit audit = new SelectionAudit(epsilon, delta);
    BigDecimal little = new BigDecimal("1e-30");

    for (int n = 1; n < selection.median() + 20; n++) {
      int raised = n;
      IntFunction<BigDecimal> more =
          people -> drawn(selection).apply(people).add(people == raised ? little : BigDecimal.ZERO);
      assertThat(audit.holds(List.of(n - 1), more)).as("more at %d people", n).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 12", "3, 6"})
  void allGroupsOfAPersonTogetherKeepToTheInequality(int groups, int most) {
    BigDecimal epsilon = new BigDecimal("1.5");
    BigDecimal delta = new BigDecimal("1e-3");
    GroupSelection chosen = GroupSelections.approximate(epsilon, delta, groups);
    SelectionAudit audit = new SelectionAudit(epsilon, delta);

    assertThat(chosen).isInstanceOf(OptimalSelection.class);
    assertThat(holdsForAll(audit, groups, most, drawn((OptimalSelection) chosen))).isTrue();
  }

  @Test
  void plantedMistakesAreCaught() {
    BigDecimal epsilon = new BigDecimal("1.5");
    BigDecimal delta = new BigDecimal("1e-3");
    int groups = 3;
    OptimalSelection right =
        OptimalSelection.of(part(epsilon, groups), part(delta, groups)).orElseThrow();
    SelectionAudit audit = new SelectionAudit(epsilon, delta);
    SelectionAudit each = new SelectionAudit(part(epsilon, groups), part(delta, groups));
    assertThat(holdsForAll(audit, groups, 6, drawn(right))).isTrue();
    assertThat(each.holds(drawn(right), 100)).isTrue();

    IntFunction<BigDecimal> offByOne = n -> n == 0 ? BigDecimal.ZERO : drawn(right).apply(n + 1);
    assertThat(each.holds(offByOne, 100)).isFalse();
    OptimalSelection wholeDelta = OptimalSelection.of(part(epsilon, groups), delta).orElseThrow();
    assertThat(holdsForAll(audit, groups, 6, drawn(wholeDelta))).isFalse();
    OptimalSelection wholeEpsilon = OptimalSelection.of(epsilon, part(delta, groups)).orElseThrow();
    assertThat(holdsForAll(audit, groups, 6, drawn(wholeEpsilon))).isFalse();
    IntFunction<BigDecimal> noThreshold = n -> n == 0 ? BigDecimal.ZERO : ONE;
    assertThat(each.holds(noThreshold, 100)).isFalse();
    IntFunction<BigDecimal> namesEmptyGroups = n -> drawn(right).apply(n + 1);
    assertThat(namesEmptyGroups.apply(0)).isNotEqualByComparingTo(BigDecimal.ZERO);
    assertThat(drawn(right).apply(0)).isEqualByComparingTo(BigDecimal.ZERO);
  }

  private static BigDecimal part(BigDecimal whole, int groups) {
    return whole.divide(BigDecimal.valueOf(groups), 30, RoundingMode.DOWN);
  }

  private static boolean holdsForAll(
      SelectionAudit audit, int groups, int most, IntFunction<BigDecimal> probability) {
    int all = (int) Math.pow(most + 1, groups);
    for (int code = 0; code < all; code++) {
      Integer[] sizes = new Integer[groups];
      int rest = code;
      for (int i = 0; i < groups; i++) {
        sizes[i] = rest % (most + 1);
        rest /= most + 1;
      }
      if (!audit.holds(Arrays.asList(sizes), probability)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aGroupIsNamedForExactlyAsManyDrawsAsItsProbabilitySays() {
    OptimalSelection selection = OptimalSelection.of(ONE, new BigDecimal("1e-5")).orElseThrow();
    BigInteger probability = selection.probability(7);

    assertThat(selection.releases(7, probability.subtract(BigInteger.ONE))).isTrue();
    assertThat(selection.releases(7, probability)).isFalse();
    assertThat(selection.releases(0, BigInteger.ZERO)).isFalse();
    assertThat(selection.releases(1_000_000, UNITS.toBigInteger().subtract(BigInteger.ONE)))
        .isTrue();
  }

  @Test
  void groupsAreNamedAsOftenAsTheirProbabilitySays() {
    OptimalSelection selection = OptimalSelection.of(ONE, new BigDecimal("0.01")).orElseThrow();
    RandomBits bits = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);
    int draws = 100_000;

    for (int people : new int[] {1, 3, 4, 6}) {
      double expected = drawn(selection).apply(people).doubleValue();
      int named = 0;
      for (int i = 0; i < draws; i++) {
        named += selection.releases(people, bits) ? 1 : 0;
      }
      double deviation = Math.sqrt(draws * expected * (1 - expected));
      assertThat((named - draws * expected) / deviation)
          .as("%d people", people)
          .isBetween(-5.0, 5.0);
    }
  }

  @Test
  void theMedianIsTheFirstSizeThatIsNamedEveryOtherTime() {
    OptimalSelection selection = OptimalSelection.of(ONE, new BigDecimal("1e-5")).orElseThrow();

    assertThat(drawn(selection).apply((int) selection.median()))
        .isGreaterThanOrEqualTo(new BigDecimal("0.5"));
    assertThat(drawn(selection).apply((int) selection.median() - 1))
        .isLessThan(new BigDecimal("0.5"));
  }

  @Test
  void whatNeedsTooManyPeopleIsAbsentAndWhatIsNoBudgetRefused() {
    assertThat(OptimalSelection.of(new BigDecimal("1e-6"), new BigDecimal("1e-12"))).isEmpty();
    assertThat(OptimalSelection.of(ONE, new BigDecimal("1e-60"))).isEmpty();
    assertThatThrownBy(() -> OptimalSelection.of(BigDecimal.ZERO, new BigDecimal("1e-5")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OptimalSelection.of(ONE, BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OptimalSelection.of(ONE, ONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static IntFunction<BigDecimal> drawn(OptimalSelection selection) {
    // A quotient by a power of two ends.
    return people -> new BigDecimal(selection.probability(people)).divide(UNITS);
  }
}
