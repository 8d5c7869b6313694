// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FadsTest {
  @Test
  void theOldestRowGoesOutWithItsNearestNeighboursOnceTheBufferIsFull() {
    assertThat(told("aheb", 2, 4, 100)).startsWith("3:0=ab", "3:3=ab");
  }

  @Test
  void ofEquallyNearRowsTheOldestIsTaken() {
    assertThat(told("acd", 2, 3, 100)).startsWith("2:0=abcd", "2:1=abcd");
  }

  @Test
  void aRowJoinsAnEarlierClusterThatLosesLessThanANewOne() {
    // The third a would take h along; the cluster of the first two is finer, and h stays.
    assertThat(told("aaah", 2, 2, 100)).containsExactly("1:0=a", "1:1=a", "3:2=a", "4:3=-");
  }

  @Test
  void anEarlierClusterIsForgottenAfterTheConstraintOnItsReuse() {
    assertThat(told("aaah", 2, 2, 2)).containsExactly("1:0=a", "1:1=a", "3:2=*", "3:3=*");
  }

  @Test
  void whatIsLeftAtTheEndIsSuppressedUnlessAnEarlierClusterCoversIt() {
    assertThat(told("aba", 2, 2, 100)).containsExactly("1:0=ab", "1:1=ab", "3:2=ab");
    assertThat(told("abc", 2, 2, 100)).containsExactly("1:0=ab", "1:1=ab", "3:2=-");
  }

  @Test
  void neighboursAreOtherPeople() {
    Sample sample = Letters.of("aab", List.of(1, 1, 2));

    assertThat(Letters.told(sample, new Fads(sample, 2, 3, 100)))
        .containsExactly("2:0=ab", "2:2=ab", "3:1=ab");
  }

  private static List<String> told(String values, int k, int buffer, int reuse) {
    Sample sample = Letters.of(values);
    return Letters.told(sample, new Fads(sample, k, buffer, reuse));
  }
}
