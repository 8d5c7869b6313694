// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.aggregate.noise.DerivedBits;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeBitsTest {
  @Test
  void everyNodeOfEveryCounterHasItsOwnBitsAndAlwaysTheSame() {
    DerivedBits bits = new DerivedBits(new byte[DerivedBits.SECRET_BYTES]);
    // The last one ends as if a level and an index followed the first.
    byte[][] counters = {{1}, {2}, {1, 0}, {}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
    Set<Long> seen = new HashSet<>();

    for (byte[] counter : counters) {
      NodeBits nodes = NodeBits.derived(bits, counter);
      for (int level = 0; level < 3; level++) {
        for (long index = 0; index < 300; index++) {
          long drawn = nodes.of(level, index).next();
          seen.add(drawn);
          assertThat(nodes.of(level, index).next()).isEqualTo(drawn);
        }
      }
    }

    assertThat(seen).hasSize(counters.length * 900);
  }
}
