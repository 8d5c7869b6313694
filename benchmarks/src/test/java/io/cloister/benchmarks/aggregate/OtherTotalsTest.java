// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OtherTotalsTest {
  @Test
  void theBinaryTreeErrsAsPublished() {
    assertThat(new OtherTotals(1_000_000, 1).binaryTreePure()).isCloseTo(7_908, within(1.0));
  }

  @Test
  void smallCasesAreWhatCountingByHandGives() {
    OtherTotals totals = new OtherTotals(3, 2);

    // The person is in the totals once, twice, twice.
    assertThat(totals.freshTotalsPure()).isEqualTo(2 * 5 * 5);
    assertThat(totals.freshTotalsConcentrated()).isEqualTo(1 + 4 + 4);
    // Variance 2 * 2^2, or 2, in each of 1, 2 and 3 windows.
    assertThat(totals.freshWindowsPure()).isEqualTo(8 * 2);
    assertThat(totals.freshWindowsConcentrated()).isEqualTo(2 * 2);
    // Two leaves with 1 each and a node above with 2; 1, 1 and 2 nodes a total.
    assertThat(totals.binaryTreePure()).isCloseTo(2 * 4 * 4 * 4 / 3.0, within(1e-9));
    assertThat(totals.binaryTreeConcentrated()).isCloseTo((1 + 1 + 4) * 4 / 3.0, within(1e-9));
  }
}
