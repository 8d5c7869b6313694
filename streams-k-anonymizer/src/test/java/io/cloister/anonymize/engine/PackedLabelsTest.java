// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PackedLabelsTest {
  @Provide
  Arbitrary<int[]> labels() {
    return Arbitraries.of(0, 1, 127, 128, 129, 16_383, 16_384, 2_097_152, Integer.MAX_VALUE)
        .array(int[].class)
        .ofSize(3);
  }

  @Property
  void labelsComeBackAsTheyWere(
      @ForAll("labels") int[] by, @ForAll("labels") int[] own, @ForAll("labels") int[] other) {
    byte[] packed = PackedLabels.of(by, own);
    assertThat(PackedLabels.by(packed, 3)).isEqualTo(by);
    assertThat(PackedLabels.own(packed, 3)).isEqualTo(own);
    assertThat(PackedLabels.goesBy(packed, new Tuple(by))).isTrue();
    assertThat(PackedLabels.goesBy(packed, new Tuple(other)))
        .isEqualTo(new Tuple(by).equals(new Tuple(other)));
  }

  @Example
  void aSmallLabelTakesAByteAndIsKeptOnce() {
    assertThat(PackedLabels.of(new int[] {0, 7, 127}, new int[] {0, 7, 127})).hasSize(3);
  }
}
