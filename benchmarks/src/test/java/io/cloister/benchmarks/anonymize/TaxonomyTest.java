// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaxonomyTest {
  private final Taxonomy letters = Letters.TAXONOMY;

  @Test
  void twoNodesJoinInTheFinestThatStandsForBoth() {
    assertThat(joined("a", "a")).isEqualTo("a");
    assertThat(joined("a", "b")).isEqualTo("ab");
    assertThat(joined("a", "cd")).isEqualTo("abcd");
    assertThat(joined("abcd", "b")).isEqualTo("abcd");
    assertThat(joined("a", "h")).isEqualTo("*");
  }

  @Test
  void lossCountsTheOtherLeaves() {
    assertThat(letters.loss(letters.node("a"))).isZero();
    assertThat(letters.loss(letters.node("abcd"))).isCloseTo(3.0 / 7, within(1e-12));
    assertThat(letters.joinedLoss(letters.node("a"), letters.node("b")))
        .isCloseTo(1.0 / 7, within(1e-12));
    assertThat(letters.loss(letters.node("*"))).isEqualTo(1);
  }

  @Test
  void aLabelRepeatedFromLevelToLevelIsOneNode() {
    Taxonomy bands =
        new Taxonomy(
            List.of(List.of("x", "x", "*"), List.of("y", "z", "*"), List.of("w", "z", "*")));

    assertThat(bands.loss(bands.node("x"))).isZero();
    assertThat(bands.loss(bands.node("z"))).isEqualTo(0.5);
    assertThat(bands.isRoot(bands.join(bands.node("x"), bands.node("y")))).isTrue();
  }

  @Test
  void anUnknownValueIsTheRoot() {
    assertThat(letters.isRoot(letters.node("?"))).isTrue();
    assertThat(letters.chain("?")).containsExactly("*", "*", "*", "*");
  }

  private String joined(String one, String other) {
    return letters.label(letters.join(letters.node(one), letters.node(other)));
  }
}
