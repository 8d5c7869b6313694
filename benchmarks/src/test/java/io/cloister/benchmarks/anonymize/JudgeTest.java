// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final int END = 99;

  @Test
  void lossShareAtOnceAndHoldAreThoseOfTheDecisions() {
    Sample sample = Letters.of("abah");

    Verdict verdict =
        Judge.judge(
            sample,
            2,
            script(Map.of(1, List.of("0ab", "1ab"), 2, List.of("2ab"), END, List.of("3-"))));

    // Three times one of seven other leaves, and one record withheld.
    assertThat(verdict.glm()).isCloseTo((3 / 7.0 + 1) / 4, within(1e-12));
    assertThat(verdict.immediate()).isEqualTo(0.5);
    assertThat(verdict.suppressed()).isEqualTo(0.25);
    assertThat(verdict.longestHold()).isEqualTo(1);
    assertThat(verdict.narrowed()).isZero();
  }

  @Test
  void aRecordOfWhichNothingIsLeftCountsAsSuppressed() {
    Verdict verdict = Judge.judge(Letters.of("ah"), 2, script(Map.of(1, List.of("0*", "1*"))));

    assertThat(verdict.suppressed()).isEqualTo(1);
    assertThat(verdict.glm()).isEqualTo(1);
  }

  @Test
  void aCellThatOpensForTooFewPeopleIsRefused() {
    assertRefused(Letters.of("ab"), Map.of(0, List.of("0ab"), 1, List.of("1ab")), "fewer than k");
    assertRefused(
        Letters.of("ab", List.of(1, 1)), Map.of(1, List.of("0ab", "1ab")), "fewer than k");
  }

  @Test
  void aLabelThatDoesNotHoldTheValueIsRefused() {
    assertRefused(Letters.of("ac"), Map.of(1, List.of("0ab", "1ab")), "does not cover");
  }

  @Test
  void aRowThatIsDecidedTwiceOrTooEarlyOrNeverIsRefused() {
    assertRefused(Letters.of("a"), Map.of(0, List.of("0-", "0-")), "twice");
    assertRefused(Letters.of("ab"), Map.of(0, List.of("1-")), "before it came");
    assertRefused(Letters.of("a"), Map.of(), "never");
  }

  @Test
  void aPersonIsNarrowedWhoseCellsTogetherFitTooFew() {
    // Person 1 is seen in ab and in abcd, both of which fit persons 2 and 3 as well.
    Sample sample = Letters.of("aabac", List.of(1, 1, 2, 3, 4));

    Verdict apart =
        Judge.judge(
            sample, 2, script(Map.of(END, List.of("0ab", "2ab", "1abcd", "4abcd", "3abcd"))));
    assertThat(apart.narrowed()).isZero();

    Sample moved = Letters.of("aebf", List.of(1, 1, 2, 3));
    Verdict narrow =
        Judge.judge(moved, 2, script(Map.of(END, List.of("0ab", "2ab", "1ef", "3ef"))));
    // Nobody but person 1 fits both ab and ef.
    assertThat(narrow.narrowed()).isCloseTo(1 / 3.0, within(1e-12));
  }

  private static void assertRefused(Sample sample, Map<Integer, List<String>> steps, String why) {
    assertThatThrownBy(() -> Judge.judge(sample, 2, script(steps))).hasMessageContaining(why);
  }

  /** Decides as told: at a row, rows and their labels; a dash withholds. */
  private static StreamAnonymizer script(Map<Integer, List<String>> steps) {
    return new StreamAnonymizer() {
      @Override
      public void accept(int row, Output output) {
        for (String step : steps.getOrDefault(row, List.of())) {
          int decided = step.charAt(0) - '0';
          if (step.endsWith("-")) {
            output.suppress(decided);
          } else {
            output.release(decided, new int[] {Letters.TAXONOMY.node(step.substring(1))});
          }
        }
      }

      @Override
      public void end(Output output) {
        accept(END, output);
      }
    };
  }
}
