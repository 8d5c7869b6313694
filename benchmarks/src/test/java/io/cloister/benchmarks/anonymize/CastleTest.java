// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CastleTest {
  @Test
  void aClusterGoesOutWhenItsOldestRowExpires() {
    // One cluster may grow: both rows are in it when the first expires, two rows after it came.
    assertThat(told("abh", 2, 2, 1)).containsExactly("2:0=*", "2:1=*", "2:2=*");
    assertThat(told("aba", 2, 2, 1)).containsExactly("2:0=ab", "2:1=ab", "2:2=ab");
  }

  @Test
  void rowsThatWouldCostTooMuchStartClustersUntilThereAreBeta() {
    // a, e and c start three clusters, b enlarges that of a least; a and b expire as a pair.
    assertThat(told("aecb", 2, 3, 3)).startsWith("3:0=ab", "3:3=ab");
  }

  @Test
  void aClusterThatIsTooSmallIsMergedWithTheNearest() {
    // Alone at its deadline, beside clusters no larger: a takes in b, the nearest, not e.
    assertThat(told("aeb", 2, 2, 3)).startsWith("2:0=ab", "2:2=ab");
  }

  @Test
  void anOutlierAmongLargerClustersIsSuppressed() {
    // When h expires, two of three clusters are larger than its own.
    assertThat(told("haacc", 3, 4, 3)).startsWith("4:0=-");
  }

  @Test
  void aReusableClusterTakesARowThatItCovers() {
    // The first cluster loses all, so the second, which loses nothing, is below the mean of both.
    assertThat(told("ahbbbh", 2, 1, 2))
        .containsExactly("1:0=*", "1:1=*", "3:2=b", "3:3=b", "5:4=b", "6:5=-");
  }

  @Test
  void aPersonCountsOnceInACluster() {
    Sample sample = Letters.of("aab", List.of(7, 7, 8));

    assertThat(Letters.told(sample, new Castle(sample, 2, 5, 1, 10, 1)))
        .containsExactly("3:0=ab", "3:1=ab", "3:2=ab");
    Sample alone = Letters.of("aaa", List.of(7, 7, 7));
    assertThat(Letters.told(alone, new Castle(alone, 2, 5, 1, 10, 1)))
        .containsExactly("3:0=-", "3:1=-", "3:2=-");
  }

  @Test
  void aLargeClusterIsSplitIntoNeighboursOfAtLeastKPeople() {
    // One cluster of eight; whoever is the centre, the nearest other person is the twin.
    assertThat(told("aacceegg", 2, 7, 1))
        .containsExactlyInAnyOrder(
            "7:0=a", "7:1=a", "7:2=c", "7:3=c", "7:4=e", "7:5=e", "7:6=g", "7:7=g");
  }

  private static List<String> told(String values, int k, int delay, int beta) {
    Sample sample = Letters.of(values);
    return Letters.told(sample, new Castle(sample, k, delay, beta, 10, 1));
  }
}
